import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'

const words = strings.characters.mood

/** The mood in a word, beside the title of a talk; leads to its history. */
export function MoodBadge({ characterId, name }: { characterId: string; name: string }) {
  const { data } = useQuery({ queryKey: ['mood', characterId], queryFn: () => luna.characters.mood(characterId) })
  if (!data?.enabled) return null
  const mood = words.names[data.name] ?? data.name
  // Brightness as lightness, energy as size: seen at a glance, and said in the word.
  const radius = 5 + data.arousal * 2
  return (
    <Link
      to="/characters/$characterId"
      params={{ characterId }}
      aria-label={words.badge(name, mood)}
      title={words.badge(name, mood)}
      className="inline-flex shrink-0 items-center gap-1.5 rounded-full bg-tint px-2.5 py-1 text-xs text-soft hover:text-ink"
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <circle cx="8" cy="8" r={radius} fill="var(--accent)" opacity={0.35 + (data.valence + 1) * 0.3} />
      </svg>
      {mood}
    </Link>
  )
}
