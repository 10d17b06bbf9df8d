import type { RiskLevel, SafetyCard } from '@luna/contracts'
import { assessCrisis, crisisCard, riskRank } from '@luna/safety'

/** What the gateway's own look at a text found: no network, no model, so that nothing can keep the card back. */
export interface Look {
  readonly risk: RiskLevel
  /** To be shown before anything else is tried. */
  readonly card: SafetyCard | null
}

/** Longer texts are refused anyway, but not before their beginning was looked at. */
const mostLooked = 64_000

/** @param languages Accept-Language of whoever writes */
export function lookAt(text: string, languages?: string): Look {
  const { risk, language } = assessCrisis(text.slice(0, mostLooked))
  const card = riskRank(risk) >= riskRank('high') ? crisisCard({ locale: languages, textLanguage: language }) : null
  return { risk, card }
}
