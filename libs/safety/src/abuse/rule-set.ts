import { type RuleSet, ruleSet } from '../lexical/matcher.ts'
import type { AbuseRule } from './rule.ts'
import { allAbuseRules } from './rules/index.ts'

/** Changes with every change of rule or reading; stored with what it decided. */
export const abuseRuleVersion = 'abuse-1'

let built: RuleSet<AbuseRule> | undefined

/** Built at the first call (some 100 ms): call it once at start. */
export const abuseRuleSet = (): RuleSet<AbuseRule> => (built ??= ruleSet(allAbuseRules))
