import type { CharacterDetail } from '@luna/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toast, toastError } from '../ui/toasts.tsx'

const words = strings.characters.versions

/** The history of a character of one's own; any version can come back on top. */
export function Versions({ character }: { character: CharacterDetail }) {
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: ['character', character.id, 'versions', character.version],
    queryFn: () => luna.characters.versions(character.id, { limit: 20 }),
  })
  const restore = async (version: number): Promise<void> => {
    try {
      await luna.characters.restore(character.id, version, character.version)
      toast(words.restored(version))
      await queries.invalidateQueries({ queryKey: ['character', character.id] })
      await queries.invalidateQueries({ queryKey: ['characters'] })
    } catch (error) {
      toastError(error)
    }
  }
  if (!data || data.items.length < 2) return null
  return (
    <section className="mt-6">
      <h2 className="voice text-lg font-semibold">{words.title}</h2>
      <ul className="mt-1 divide-y divide-line">
        {data.items.map(({ version, changed, at }) => (
          <li key={version} className="flex items-center gap-3 py-2 text-sm">
            <span className="min-w-0 flex-1">{words.line(version, changed.join(', '))}</span>
            <time className="text-xs text-faint" dateTime={at}>
              {new Date(at).toLocaleString()}
            </time>
            {version !== character.version && (
              <button type="button" className="btn-quiet" onClick={() => void restore(version)}>
                {words.restore}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
