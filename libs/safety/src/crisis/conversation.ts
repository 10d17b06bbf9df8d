import type { RiskLevel } from '@luna/contracts'
import { assessCrisis, type CrisisAssessment, riskRank } from './assess.ts'

export interface ConversationAssessment extends CrisisAssessment {
  /** Of the last line and the course of the conversation together; never less than the line alone. */
  risk: RiskLevel
  /** Of the last line alone. */
  line: RiskLevel
  /** Why the course adds to the line; null when it does not. */
  course: 'despair-adds-up' | 'after-a-crisis' | null
}

/** Lines of the person that are looked back on: the course of an hour, not of a life. */
const lookedBack = 12
/** A line that alone would be little more than a bad day is taken seriously this soon after a crisis. */
const aftermath = 8
const despairing = 2
const readOfEach = 4_000

/**
 * The risk of a person from what they wrote, oldest first, the new line last. The last line counts in full at any turn, so
 * that a long friendly talk never hides it; despair that is spread over lines adds up; and what looks like little counts
 * for more soon after a crisis. Once lines are calm again for a while the risk is gone again.
 */
export function assessConversation(lines: readonly string[]): ConversationAssessment {
  const line = assessCrisis(lines.at(-1) ?? '')
  const of = (risk: RiskLevel, course: ConversationAssessment['course']): ConversationAssessment => ({
    ...line,
    risk,
    line: line.risk,
    course,
  })
  if (riskRank(line.risk) >= riskRank('high')) return of(line.risk, null)
  const earlier = lines.slice(-1 - lookedBack, -1).map(text => assessCrisis(text.slice(0, readOfEach)))
  const despair = new Set(
    [...earlier, line].flatMap(({ signals }) =>
      signals.filter(({ level, mitigation }) => level === 'low' && !mitigation).map(({ rule }) => rule),
    ),
  )
  const unmitigated = line.signals.some(({ level, mitigation }) => level === 'low' && !mitigation)
  const crisis = earlier.slice(-aftermath).some(({ risk }) => riskRank(risk) >= riskRank('high'))
  if (unmitigated && despair.size > despairing) return of('high', 'despair-adds-up')
  if (unmitigated && crisis) return of('high', 'after-a-crisis')
  if (crisis && line.risk === 'none') return of('low', 'after-a-crisis')
  return of(line.risk, null)
}
