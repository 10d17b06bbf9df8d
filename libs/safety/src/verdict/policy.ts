import type { Direction, Policy, PolicyAction, RiskLevel, Verdict } from '@luna/contracts'
import { actingScore, type Finding } from '../abuse/findings.ts'
import { abuseRuleVersion } from '../abuse/rule-set.ts'
import { crisisRuleVersion } from '../crisis/assess.ts'

/** Of all rules and readings of this package together; stored with every verdict. */
export const ruleVersion = `${abuseRuleVersion}+${crisisRuleVersion}+personal-data-1`

/**
 * What holds until the moderation service says otherwise, and when it is away: for adults, guarded. A person in
 * distress is never silenced (self-harm in their own words is flagged; the crisis card is another matter), a character
 * never encourages or instructs.
 */
export const defaultPolicy: Policy = Object.freeze<Policy>({
  version: 0,
  mode: 'guarded',
  actions: {
    sexual: { person: 'allow', character: 'flag', tool: 'flag', card: 'flag', memory: 'allow' },
    'sexual/minors': { person: 'block', character: 'block', tool: 'block', card: 'block', memory: 'block' },
    hate: { person: 'flag', character: 'replace', tool: 'flag', card: 'flag', memory: 'flag' },
    'hate/threat': { person: 'flag', character: 'block', tool: 'flag', card: 'block', memory: 'flag' },
    harassment: { person: 'flag', character: 'replace', tool: 'flag', card: 'flag', memory: 'flag' },
    violence: { person: 'flag', character: 'flag', tool: 'flag', card: 'flag', memory: 'flag' },
    'violence/graphic': { person: 'flag', character: 'flag', tool: 'flag', card: 'flag', memory: 'flag' },
    'self-harm': { person: 'flag', character: 'replace', tool: 'flag', card: 'flag', memory: 'flag' },
    illicit: { person: 'flag', character: 'flag', tool: 'flag', card: 'flag', memory: 'flag' },
    'personal-data': { person: 'allow', character: 'allow', tool: 'allow', card: 'flag', memory: 'allow' },
    'prompt-injection': { person: 'flag', character: 'allow', tool: 'flag', card: 'flag', memory: 'flag' },
  },
})

const strictness: readonly PolicyAction[] = ['allow', 'flag', 'escalate', 'mask', 'replace', 'block']

export const strictest = (actions: Iterable<PolicyAction>): PolicyAction => {
  let found: PolicyAction = 'allow'
  for (const action of actions) if (strictness.indexOf(action) > strictness.indexOf(found)) found = action
  return found
}

/** From this score on a language model's finding is trusted with more than a flag. */
export const sureScore = 0.8

/** What a layer may ask for at most: the linear one is wrong too often to take words away, a model not when it is sure. */
const mayOnlyFlag = (rule: string | undefined, score: number): boolean =>
  rule !== undefined && (rule.startsWith('linear/') || (rule.startsWith('model/') && score < sureScore))

/** What the policy asks for a finding; nothing is done on words that are not trusted enough. */
export const actionFor = (
  policy: Policy,
  direction: Direction,
  { class: content, score, rule }: Pick<Finding, 'class' | 'score'> & { rule?: string },
): PolicyAction => {
  if (score < actingScore) return 'allow'
  const asked = policy.actions[content]?.[direction] ?? 'allow'
  return asked !== 'allow' && mayOnlyFlag(rule, score) ? 'flag' : asked
}

export const verdictOf = (policy: Policy, direction: Direction, classes: Finding[], risk: RiskLevel): Verdict => ({
  classes,
  risk,
  action: strictest(classes.map(finding => actionFor(policy, direction, finding))),
  ruleVersion,
  policyVersion: policy.version,
  absent: [],
})
