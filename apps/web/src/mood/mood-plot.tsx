import type { MoodSnapshot } from '@luna/contracts'
import { strings } from '../strings.ts'

const words = strings.characters.mood
const [width, height, edge] = [640, 160, 8]

/** Brightness and energy after each turn, oldest on the left; read out as a list. */
export function MoodPlot({ history }: { history: readonly MoodSnapshot[] }) {
  const points = history.toReversed()
  const x = (index: number): number => edge + (index * (width - 2 * edge)) / Math.max(1, points.length - 1)
  const y = (value: number): number => edge + ((1 - value) / 2) * (height - 2 * edge)
  const path = (of: (point: MoodSnapshot) => number): string =>
    points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(of(point)).toFixed(1)}`).join('')
  const last = points.at(-1)
  return (
    <figure className="mt-3">
      <svg viewBox={`0 0 ${width} ${height}`} className="h-40 w-full" preserveAspectRatio="none" aria-hidden="true">
        <line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke="var(--line)" strokeDasharray="4 4" />
        <path
          d={path(point => point.arousal)}
          fill="none"
          stroke="var(--edge)"
          strokeWidth="2"
          strokeDasharray="5 4"
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={path(point => point.valence)}
          fill="none"
          stroke="var(--accent)"
          strokeWidth="2.5"
          vectorEffect="non-scaling-stroke"
        />
        {last && points.length === 1 && (
          <>
            <circle cx={x(0)} cy={y(last.arousal)} r="4" fill="var(--edge)" />
            <circle cx={x(0)} cy={y(last.valence)} r="4" fill="var(--accent)" />
          </>
        )}
      </svg>
      <figcaption className="mt-1 flex flex-wrap gap-4 text-xs text-faint">
        <span>{words.plot(points.length)}</span>
        <span className="text-accent">— {words.valence}</span>
        <span>┄ {words.arousal}</span>
      </figcaption>
      <ul className="sr-only">
        {points.map(point => (
          <li key={point.turnId}>
            {words.at(new Date(point.at).toLocaleString(), words.names[point.name] ?? point.name)}
          </li>
        ))}
      </ul>
    </figure>
  )
}
