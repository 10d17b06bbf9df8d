import type { Direction, RiskLevel } from '@luna/contracts'
import { assessCrisis } from '../crisis/assess.ts'
import { Matcher } from '../lexical/matcher.ts'
import { findPersonalData, type PersonalDataKind } from '../personal-data/find.ts'
import { type Finding, Findings, weigh } from './findings.ts'
import type { AbuseRule } from './rule.ts'
import { abuseRuleSet } from './rule-set.ts'

export interface Scan {
  /** What the content is. */
  classes: Finding[]
  /** Whether the person is at risk: only looked for in what persons write. */
  risk: RiskLevel
}

/** The local lexical layer: classes of the content and, apart from it, risk of the person. Pure, no network. */
export function scan(text: string, direction: Direction): Scan {
  const set = abuseRuleSet
  const findings = new Findings()
  const matcher = new Matcher(set.tables, (index, start, end) => {
    const rule = set.rules[index] as AbuseRule
    const score = weigh(rule, direction, text.slice(0, start))
    if (score > 0) findings.add(rule, score, start, end)
  })
  matcher.push(text)
  matcher.finish()
  return {
    classes: [...findings.list(), ...personalData(text)],
    risk: direction === 'person' ? assessCrisis(text).risk : 'none',
  }
}

const scores: Readonly<Record<PersonalDataKind, number>> = { email: 0.95, iban: 0.95, card: 0.95, ip: 0.7, phone: 0.7 }
const personalDataAtMost = 20

export const personalData = (text: string): Finding[] =>
  findPersonalData(text)
    .slice(0, personalDataAtMost)
    .map(({ kind, span }) => ({ class: 'personal-data', score: scores[kind], span, rule: `personal-data/${kind}` }))
