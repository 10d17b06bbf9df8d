import { useQuery, useQueryClient } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'
import { MoodPlot } from './mood-plot.tsx'

const words = strings.characters.mood
const shownTurns = 60

/** The mood of a character towards the person: now, over time, and its switch. */
export function MoodPanel({ characterId, name }: { characterId: string; name: string }) {
  const queries = useQueryClient()
  const mood = useQuery({ queryKey: ['mood', characterId], queryFn: () => luna.characters.mood(characterId) })
  const history = useQuery({
    queryKey: ['mood', characterId, 'history'],
    queryFn: () => luna.characters.moodHistory(characterId, { limit: shownTurns }),
  })
  const change = async (wanted: { enabled?: boolean; forget?: boolean }): Promise<void> => {
    try {
      await luna.characters.setMood(characterId, wanted)
      await queries.invalidateQueries({ queryKey: ['mood', characterId] })
    } catch (error) {
      toastError(error)
    }
  }
  if (!mood.data) return null
  const items = history.data?.items ?? []
  return (
    <section className="panel mt-6 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="voice flex-1 text-lg font-semibold">
          {words.title}: <span data-mood>{words.names[mood.data.name] ?? mood.data.name}</span>
        </h2>
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={mood.data.enabled}
            onChange={event => void change({ enabled: event.target.checked })}
          />
          {words.on}
        </label>
      </div>
      <p className="text-sm text-soft">{words.hint}</p>
      {items.length === 0 ? (
        <p className="mt-2 text-sm text-faint">{words.empty}</p>
      ) : (
        <>
          <MoodPlot history={items} />
          <button
            type="button"
            className="btn-quiet mt-3"
            aria-label={`${words.forget} (${name})`}
            onClick={() => void change({ forget: true })}
          >
            {words.forget}
          </button>
        </>
      )}
    </section>
  )
}
