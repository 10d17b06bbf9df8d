import { type RuleSet, ruleSet } from '../lexical/matcher.ts'
import type { AbuseRule } from './rule.ts'
import { allAbuseRules } from './rules/index.ts'

/** Changes with every change of rule or reading; stored with what it decided. */
export const abuseRuleVersion = 'abuse-1'

export const abuseRuleSet: RuleSet<AbuseRule> = ruleSet(allAbuseRules)
