import type { RiskLevel } from '@luna/contracts'
import { ruleSet } from '../lexical/matcher.ts'
import { type Mitigation, mitigation, surroundings } from './context.ts'
import type { CrisisRule, Language } from './rule.ts'
import { allCrisisRules } from './rules/index.ts'

/** Changes with every change of rule or reading; stored with what it decided. */
export const crisisRuleVersion = 'crisis-1'

export interface CrisisSignal {
  /** Such as `en/want-to-die`. */
  rule: string
  /** After what stands around it has been weighed. */
  level: RiskLevel
  /** UTF-16 offsets, end exclusive. */
  span: [number, number]
  mitigation: Mitigation | null
}

export interface CrisisAssessment {
  risk: RiskLevel
  signals: CrisisSignal[]
  /** Of the strongest signal: helps to choose the card. */
  language: Language | null
  ruleVersion: string
}

const order: readonly RiskLevel[] = ['none', 'low', 'high', 'imminent']
export const riskRank = (level: RiskLevel): number => order.indexOf(level)

/** What mitigates a wish leaves it worth a look, save figures of speech. */
const eased: Readonly<Record<Mitigation, RiskLevel>> = {
  idiom: 'none',
  negated: 'low',
  'third-person': 'low',
  reported: 'low',
  fiction: 'low',
  past: 'low',
}

const soon = new RegExp(
  '(?:^|[^\\p{L}])(?:tonight|right now|today|this evening|in an hour|in a few minutes|tomorrow|heute|heute nacht|heute abend|jetzt|gleich|morgen|ce soir|maintenant|cette nuit|aujourdhui|esta noche|ahora|hoy|ahora mismo|stasera|stanotte|adesso|oggi|hoje|agora|esta noite|сегодня|сейчас|сегодня ночью|завтра|aaj|abhi|आज|अभी)(?:[^\\p{L}]|$)|今夜|今日|今から|今晚|今天|马上|现在',
  'u',
)
const willing =
  /(?:going to|gonna|will|i am|im |ill |werde|will |vais|voy a|sto per|vou|собираюсь|буду|kar lunga|dunga|dungi|するつもり|要)/u

export const crisisRuleSet = ruleSet<CrisisRule>(allCrisisRules)

/**
 * Whether the person who wrote a line seems at risk, from that line alone: pure, without network, the same at any turn.
 * It knows fixed phrases in ten languages; what is said in other words it does not see, so `none` never means "safe".
 * About 10 us for a usual message; the first call builds what rules are not built yet (some 100 ms): see warmUp.
 */
export function assessCrisis(text: string): CrisisAssessment {
  const signals = crisisRuleSet.find(text).map(({ rule, start, end }): CrisisSignal & { source: CrisisRule } => {
    const around = surroundings(text, start, end)
    const why = mitigation(rule, around)
    const level = why
      ? lower(rule.level, eased[why])
      : hastened(rule, `${around.before} ${around.match} ${around.after}`)
    return { rule: rule.id, level, span: [start, end], mitigation: why, source: rule }
  })
  const strongest = signals.reduce<(typeof signals)[number] | null>(
    (best, signal) => (best && riskRank(best.level) >= riskRank(signal.level) ? best : signal),
    null,
  )
  return {
    risk: combined(signals),
    signals: signals.map(({ rule, level, span, mitigation: why }) => ({ rule, level, span, mitigation: why })),
    language: strongest && strongest.level !== 'none' ? strongest.source.language : null,
    ruleVersion: crisisRuleVersion,
  }
}

const lower = (a: RiskLevel, b: RiskLevel): RiskLevel => (riskRank(a) < riskRank(b) ? a : b)

const hastened = (rule: CrisisRule, sentence: string): RiskLevel =>
  rule.intent && rule.level === 'high' && soon.test(sentence) && willing.test(sentence) ? 'imminent' : rule.level

/** The strongest signal; two kinds of despair at different places together are as strong as a wish. */
function combined(signals: readonly CrisisSignal[]): RiskLevel {
  const strongest = signals.reduce<RiskLevel>(
    (best, { level }) => (riskRank(level) > riskRank(best) ? level : best),
    'none',
  )
  if (strongest !== 'low') return strongest
  const despair = signals.filter(({ level, mitigation: why }) => level === 'low' && !why)
  const apart = despair.filter(
    (signal, index) => !despair.slice(0, index).some(other => other.span[1] > signal.span[0]),
  )
  return new Set(apart.map(signal => signal.rule)).size > 1 ? 'high' : 'low'
}
