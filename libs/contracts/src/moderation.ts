import { z } from 'zod'
import { call, defineContract, event, feed } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { riskLevel, text, uuid } from './shapes.ts'

export const contentClass = z.enum([
  'sexual',
  'sexual/minors',
  'hate',
  'hate/threat',
  'harassment',
  'violence',
  'violence/graphic',
  'self-harm',
  'illicit',
  'personal-data',
  'prompt-injection',
])
export type ContentClass = z.infer<typeof contentClass>

export const direction = z.enum(['person', 'character', 'tool', 'card', 'memory'])
export type Direction = z.infer<typeof direction>

export const policyAction = z.enum(['allow', 'flag', 'mask', 'replace', 'block', 'escalate'])
export type PolicyAction = z.infer<typeof policyAction>

export const verdict = z.object({
  /** What the content is. */
  classes: z.array(
    z.object({
      class: contentClass,
      score: z.number().min(0).max(1),
      /** UTF-16 offsets in the text, end exclusive. */
      span: z.tuple([z.number().int(), z.number().int()]).nullable(),
      rule: z.string(),
    }),
  ),
  /** Whether the person is at risk: apart from what the content is. */
  risk: riskLevel,
  action: policyAction,
  ruleVersion: z.string(),
  policyVersion: z.number().int(),
  /** Layers that did not answer. */
  absent: z.array(z.string()),
})
export type Verdict = z.infer<typeof verdict>

/** What a policy asks of each class in each direction; what is not named is allowed. */
export const policy = z.object({
  version: z.number().int(),
  mode: z.enum(['guarded', 'strict']),
  actions: z.record(z.string(), z.partialRecord(direction, policyAction)),
})
export type Policy = z.infer<typeof policy>

export const moderation = defineContract({
  service: 'moderation',
  summary: 'Verdicts, policies and care.',
  events: { erased: event('moderation.erased.v1', 'moderation has erased a person.', erasedPayload) },
  calls: {
    check: call('moderation.check.v1', 'The verdict on a text, with the policy applied.', {
      deadlineMs: 1_500,
      input: z.strictObject({
        text: text(100_000),
        direction,
        conversationId: uuid.nullable().optional(),
        turnId: uuid.nullable().optional(),
        characterId: uuid.nullable().optional(),
      }),
      output: verdict,
    }),
    getPolicy: call('moderation.get-policy.v1', 'The policy that holds for a person and a character.', {
      deadlineMs: 1_500,
      input: z.strictObject({ characterId: uuid.nullable().optional() }),
      output: policy,
    }),
  },
  feeds: {
    policyChanged: feed('moderation.policy-changed.v1', 'Another policy holds: drop the cached one.', {
      key: 'everyone',
      schema: z.object({ version: z.number().int() }),
    }),
  },
})
