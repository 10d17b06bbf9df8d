import { strings } from '../strings.ts'
import { litPath, moonPhase } from './moon-phase.ts'

/** Tonight's moon. */
export function Moon({ now, size }: { now: number; size: number }) {
  const { age, index } = moonPhase(now)
  const label = strings.home.moonTonight(strings.home.phases[index] ?? '')
  return (
    <svg width={size} height={size} viewBox="-50 -50 100 100" role="img" aria-label={label}>
      <title>{label}</title>
      <defs>
        <radialGradient id="moon-halo">
          <stop offset="55%" stopColor="var(--glow)" stopOpacity="0.55" />
          <stop offset="100%" stopColor="var(--glow)" stopOpacity="0" />
        </radialGradient>
        <clipPath id="moon-lit">
          <path d={litPath(age, 32)} />
        </clipPath>
      </defs>
      <circle r="50" fill="url(#moon-halo)" />
      <circle r="32" fill="var(--moon-dark)" />
      <g clipPath="url(#moon-lit)">
        <circle r="32" fill="var(--moon-lit)" />
        <g fill="#8a6a3c" opacity="0.2">
          <circle cx="-12" cy="-10" r="7" />
          <circle cx="10" cy="6" r="9" />
          <circle cx="-6" cy="15" r="4.5" />
          <circle cx="15" cy="-14" r="3.5" />
        </g>
      </g>
    </svg>
  )
}
