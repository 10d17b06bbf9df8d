import { z } from 'zod'
import { call, defineContract, event, feed } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { page, pageQuery, riskLevel, safetyCard, text, time, uuid } from './shapes.ts'

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
      /** UTF-16 offsets in the text, end exclusive; null: of the text as a whole. */
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
  /** Whether a slower layer is there, so that answers are worth sending past it in guarded mode too. */
  windows: z.boolean().optional(),
})
export type Policy = z.infer<typeof policy>

export const ageGroup = z.enum(['minor', 'adult', 'unknown'])
export type AgeGroup = z.infer<typeof ageGroup>

/** Ratings of characters, from mildest to strongest. */
export const rating = z.enum(['everyone', 'teen', 'mature'])
export type Rating = z.infer<typeof rating>

/** For whom a policy holds: what is null holds for all of its kind. */
export const policyAudience = z.strictObject({
  workspaceId: uuid.nullable(),
  rating: rating.nullable(),
  age: ageGroup.nullable(),
})
export type PolicyAudience = z.infer<typeof policyAudience>

export const policyDraft = z.strictObject({
  audience: policyAudience,
  mode: z.enum(['guarded', 'strict']),
  /** Classes and directions that are not named are left to less special policies. */
  actions: z.partialRecord(contentClass, z.partialRecord(direction, policyAction)),
  note: text(500),
})
export type PolicyDraft = z.infer<typeof policyDraft>

export const storedPolicy = z.object({
  version: z.number().int(),
  ...policyDraft.shape,
  createdAt: time,
  /** False once a later version holds for the same audience. */
  holds: z.boolean(),
})
export type StoredPolicy = z.infer<typeof storedPolicy>

export const reviewState = z.enum(['open', 'claimed', 'decided', 'appealed', 'closed'])
export type ReviewState = z.infer<typeof reviewState>

export const decision = z.enum(['dismiss', 'uphold', 'strike', 'restrict'])
export type Decision = z.infer<typeof decision>

/** An entry of the review queue. It names classes and rules; what was said is shown to who has claimed it, and that is kept in the audit. */
export const reviewItem = z.object({
  id: uuid,
  state: reviewState,
  direction,
  classes: z.array(z.object({ class: contentClass, score: z.number(), rule: z.string() })),
  action: policyAction,
  risk: riskLevel,
  ruleVersion: z.string(),
  policyVersion: z.number().int(),
  claimedBy: uuid.nullable(),
  decision: decision.nullable(),
  reason: z.string().nullable(),
  appeal: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
  version: z.number().int(),
})
export type ReviewItem = z.infer<typeof reviewItem>

export const auditEntry = z.object({
  n: z.number().int(),
  at: time,
  kind: z.string(),
  body: z.record(z.string(), z.unknown()),
  /** SHA-256 over this entry and the hash of the one before, in hex. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditFault = z.object({ n: z.number().int(), fault: z.enum(['changed', 'missing', 'reordered']) })
export type AuditFault = z.infer<typeof auditFault>

export const policyExplanation = z.object({
  policy,
  /** Which version decides each class and direction that is not simply allowed, and why. */
  because: z.array(
    z.object({ class: z.string(), direction, action: policyAction, version: z.number().int(), why: z.string() }),
  ),
})

const ifVersion = z.number().int().optional()
const audienceOf = {
  characterId: uuid.nullable().optional(),
  workspaceId: uuid.nullable().optional(),
  rating: rating.nullable().optional(),
}

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
        messageId: uuid.nullable().optional(),
        ...audienceOf,
        /** What the person wrote before, oldest first: despair that adds up is seen over lines. */
        recent: z.array(text(4_000)).max(16).optional(),
        /** What the gateway saw; from `high` on it has shown the card. */
        seen: riskLevel.optional(),
      }),
      output: z.object({
        ...verdict.shape,
        /** The policy that holds for this person and character: what a stream is held to. */
        policy: policy.optional(),
        /** Why the person may not write now, in words for the person. */
        restricted: z.string().nullable().optional(),
      }),
    }),
    checkWindow: call('moderation.check-window.v1', 'The verdict on a stretch of an answer that is being written.', {
      deadlineMs: 2_000,
      input: z.strictObject({
        turnId: uuid,
        text: text(20_000),
        /** What stands before it in the answer, for context. */
        before: text(4_000),
        ...audienceOf,
      }),
      output: verdict,
    }),
    classify: call(
      'moderation.classify.v1',
      'Scores of each class for some texts, whatever the policy makes of them.',
      {
        input: z.strictObject({ texts: z.array(text(32_000)).min(1).max(32) }),
        output: z.object({
          model: z.string(),
          results: z.array(
            z.object({ flagged: z.boolean(), scores: z.partialRecord(contentClass, z.number()), risk: riskLevel }),
          ),
        }),
      },
    ),
    getPolicy: call('moderation.get-policy.v1', 'The policy that holds for a person and a character.', {
      deadlineMs: 1_500,
      input: z.strictObject(audienceOf),
      output: policy,
    }),
    explainPolicy: call(
      'moderation.explain-policy.v1',
      'The policy that holds for an audience, and which version decides what.',
      {
        input: policyAudience,
        output: policyExplanation,
      },
    ),
    listPolicies: call('moderation.list-policies.v1', 'All versions of all policies, newest first.', {
      input: pageQuery,
      output: page(storedPolicy),
    }),
    putPolicy: call('moderation.put-policy.v1', 'Another version of a policy; it holds at once (moderator scope).', {
      input: z.strictObject({ id: uuid, ...policyDraft.shape }),
      output: storedPolicy,
    }),
    dryRunPolicy: call(
      'moderation.dry-run-policy.v1',
      'What a policy would have done with the verdicts of the past (moderator scope).',
      {
        input: z.strictObject({ ...policyDraft.shape, days: z.number().int().min(1).max(365).optional() }),
        output: z.object({
          verdicts: z.number().int(),
          changed: z.array(z.object({ from: policyAction, to: policyAction, count: z.number().int() })),
        }),
      },
    ),
    listReviews: call('moderation.list-reviews.v1', 'The review queue, oldest first (moderator scope).', {
      input: z.strictObject({ ...pageQuery.shape, state: reviewState.optional() }),
      output: page(reviewItem),
    }),
    claimReview: call(
      'moderation.claim-review.v1',
      'Takes an entry for half an hour and shows what was said (moderator scope).',
      {
        input: z.strictObject({ id: uuid }),
        output: z.object({
          item: reviewItem,
          /** The text in question, marked by `inQuestion`, and what stands right before it; empty when it is gone. */
          context: z.array(z.object({ role: z.string(), text: z.string(), inQuestion: z.boolean() })),
          /** Of the same person, decided before: numbers only. */
          earlier: z.object({ upheld: z.number().int(), strikes: z.number().int() }),
        }),
      },
    ),
    decideReview: call('moderation.decide-review.v1', 'Decides an entry, with its reason (moderator scope).', {
      input: z.strictObject({ id: uuid, decision, reason: text(1_000, 1), note: text(2_000).optional(), ifVersion }),
      output: reviewItem,
    }),
    standing: call('moderation.standing.v1', 'What moderation has decided about a person, for that person.', {
      input: z.strictObject({}),
      output: z.object({
        restrictedUntil: time.nullable(),
        strikes: z.array(z.object({ id: uuid, reason: z.string(), at: time, expiresAt: time })),
        decisions: z.array(
          z.object({ id: uuid, decision, reason: z.string(), at: time, state: reviewState, mayAppeal: z.boolean() }),
        ),
      }),
    }),
    appeal: call('moderation.appeal.v1', 'Asks for another look at a decision, once.', {
      input: z.strictObject({ id: uuid, text: text(2_000, 1) }),
      output: z.object({ id: uuid, state: reviewState }),
    }),
    listAudit: call('moderation.list-audit.v1', 'The audit chain, newest first (moderator scope).', {
      input: pageQuery,
      output: page(auditEntry),
    }),
    verifyAudit: call(
      'moderation.verify-audit.v1',
      'Reads the whole audit chain and names each entry that is not as it was written.',
      {
        deadlineMs: 60_000,
        input: z.strictObject({}),
        output: z.object({ entries: z.number().int(), head: z.string().nullable(), faults: z.array(auditFault) }),
      },
    ),
    careReport: call(
      'moderation.care-report.v1',
      'Counts of a year for the public report: no ids, small numbers as they are.',
      {
        input: z.strictObject({ year: z.number().int().min(2020).max(2100) }),
        output: z.object({
          year: z.number().int(),
          cards: z.array(z.object({ risk: riskLevel, count: z.number().int() })),
          checkIns: z.number().int(),
          reviews: z.array(z.object({ decision, count: z.number().int() })),
          /** Of decided reviews: dismissed ones were false alarms. */
          falseAlarmShare: z.number().nullable(),
        }),
      },
    ),
    exportPage: call('moderation.export-page.v1', 'All that moderation holds of a person as JSON rows.', {
      input: z.strictObject({ cursor: z.string().optional() }),
      output: z.object({ rows: z.array(z.record(z.string(), z.unknown())), nextCursor: z.string().nullable() }),
    }),
  },
  feeds: {
    policyChanged: feed('moderation.policy-changed.v1', 'Another policy holds: drop the cached one.', {
      key: 'everyone',
      schema: z.object({ version: z.number().int() }),
    }),
    personFrames: feed(
      'moderation.person-frames.v1',
      'A safety card that only the course of the talk gave reason for.',
      {
        key: 'person',
        schema: z.object({ type: z.literal('safety.card'), ...safetyCard.shape }),
      },
    ),
  },
})
