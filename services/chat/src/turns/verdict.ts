import type { PolicyAction, RiskLevel } from '@luna/contracts'
import { evaluateLocal } from '@luna/safety'

/** What chat itself finds in a message, without the moderation service. */
export interface LocalVerdict {
  classes: string[]
  risk: RiskLevel
  action: PolicyAction
  ruleVersion: string
}

export function localVerdict(text: string): LocalVerdict {
  const verdict = evaluateLocal(text, 'person')
  return {
    classes: [...new Set(verdict.classes.map(found => found.class))],
    risk: verdict.risk,
    action: verdict.action,
    ruleVersion: verdict.ruleVersion,
  }
}

const order: readonly RiskLevel[] = ['none', 'low', 'high', 'imminent']

/** The highest of several findings: no layer lowers what another has found. */
export const higherRisk = (...levels: readonly RiskLevel[]): RiskLevel =>
  levels.reduce((highest, level) => (order.indexOf(level) > order.indexOf(highest) ? level : highest), 'none')
