import type { ContentClass } from '@luna/contracts'
import type { Finding } from '@luna/safety'

/** The hazard categories of Llama Guard 3 (MLCommons taxonomy) that are classes here. */
const hazards: Readonly<Record<string, ContentClass>> = {
  S1: 'violence',
  S2: 'illicit',
  S3: 'sexual',
  S4: 'sexual/minors',
  S7: 'personal-data',
  S9: 'illicit',
  S10: 'hate',
  S11: 'self-harm',
  S12: 'sexual',
}
/** It says yes or no: a score that acts. */
const said = 0.9

/** Reads `safe`, or `unsafe` with a line of categories; null for anything else. */
export function readLlamaGuard(answer: string): Finding[] | null {
  const [verdict = '', categories = ''] = answer
    .trim()
    .toLowerCase()
    .split(/\s*\n\s*/)
  if (verdict === 'safe') return []
  if (verdict !== 'unsafe') return null
  const classes = new Set(
    categories
      .toUpperCase()
      .split(/[\s,]+/)
      .flatMap(code => hazards[code] ?? []),
  )
  return [...classes].map(name => ({ class: name, score: said, span: null, rule: `model/${name}` }))
}
