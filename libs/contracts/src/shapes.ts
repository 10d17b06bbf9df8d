import { z } from 'zod'
import { errorCodes } from './errors.ts'
import { limits } from './limits.ts'

export const uuid = z.uuid()
/** ISO 8601 in UTC. */
export const time = z.iso.datetime({ offset: true })

/** A string of at most `max` Unicode code points (not UTF-16 units, so that an emoji counts as it is seen). */
export const text = (max: number, min = 0) =>
  z
    .string()
    .refine(value => value.length <= max || [...value].length <= max, {
      error: `must have at most ${max} characters`,
    })
    .refine(value => value.length >= min, { error: `must have at least ${min} character${min === 1 ? '' : 's'}` })

export const messageText = text(limits.messageCodePoints, 1)
export const tags = z.array(text(limits.tagCodePoints, 1)).max(limits.tags)

export const errorBody = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.unknown()).optional(),
})

export const attachment = z.object({ id: uuid, name: z.string(), type: z.string(), bytes: z.number().int() })
export type Attachment = z.infer<typeof attachment>

export const feedback = z.object({ rating: z.enum(['up', 'down']), reason: text(2_000).optional() })
export type Feedback = z.infer<typeof feedback>

export const message = z.object({
  id: uuid,
  conversationId: uuid,
  parentId: uuid.nullable(),
  turnId: uuid.nullable(),
  role: z.enum(['user', 'assistant', 'system']),
  characterId: uuid.optional(),
  text: z.string(),
  status: z.enum(['complete', 'stopped', 'failed']),
  attachments: z.array(attachment),
  tags: z.array(z.string()),
  feedback: feedback.optional(),
  /** Ids of all messages with the same parent and role, oldest first, this one among them: the branches to switch between. */
  siblingIds: z.array(uuid).optional(),
  createdAt: time,
  version: z.number().int(),
})
export type Message = z.infer<typeof message>

export const conversation = z.object({
  id: uuid,
  title: z.string(),
  characterIds: z.array(uuid),
  activeLeafId: uuid.nullable(),
  private: z.boolean(),
  tags: z.array(z.string()),
  revision: z.number().int(),
  createdAt: time,
  updatedAt: time,
  version: z.number().int(),
})
export type Conversation = z.infer<typeof conversation>

export const route = z.object({ provider: z.string(), model: z.string() })
export type Route = z.infer<typeof route>

export const usage = z.object({
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  totalTokens: z.number().int(),
  /** True when the provider did not say and Luna counted. */
  estimated: z.boolean(),
})
export type Usage = z.infer<typeof usage>

export const cutPart = z.object({ what: z.string(), tokens: z.number().int() })

export const recalled = z.object({
  memoryId: uuid.optional(),
  messageId: uuid.optional(),
  text: z.string(),
  score: z.number(),
  why: z.array(z.string()),
})
export type Recalled = z.infer<typeof recalled>

export const riskLevel = z.enum(['none', 'low', 'high', 'imminent'])
export type RiskLevel = z.infer<typeof riskLevel>

/** What was recalled and why, what was cut, what was missing: kept with each answer and shown to the person. */
export const receipt = z.object({
  recalled: z.array(recalled),
  lore: z.array(z.object({ entry: z.string(), why: z.string() })),
  cut: z.array(cutPart),
  degraded: z.array(z.enum(['memory', 'moderation', 'personality', 'plugins', 'summary'])),
  route: z
    .object({ ...route.shape, failedOver: z.array(z.object({ provider: z.string(), reason: z.string() })) })
    .nullable(),
  safety: z
    .object({ risk: riskLevel, classes: z.array(z.string()), ruleVersion: z.string(), withdrawn: z.boolean() })
    .optional(),
  summarised: z.object({ messages: z.number().int(), tokens: z.number().int() }).optional(),
  /** What was done with plugins, or was proposed and denied. */
  tools: z
    .array(
      z.object({
        callId: z.string(),
        name: z.string(),
        title: z.string(),
        status: z.enum(['proposed', 'approved', 'running', 'done', 'failed', 'denied']),
      }),
    )
    .optional(),
  promptTokens: z.number().int(),
})
export type Receipt = z.infer<typeof receipt>

export const turnState = z.enum(['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled'])
export type TurnState = z.infer<typeof turnState>

export const turn = z.object({
  id: uuid,
  conversationId: uuid,
  state: turnState,
  attempt: z.number().int(),
  route: route.nullable(),
  receipt: receipt.nullable(),
  usage: usage.nullable(),
  error: errorBody.nullable(),
})
export type Turn = z.infer<typeof turn>

export const character = z.object({
  id: uuid,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  greeting: z.string().optional(),
  visibility: z.enum(['private', 'workspace', 'public']),
  tags: z.array(z.string()),
  avatarUrl: z.string().optional(),
  version: z.number().int(),
})
export type Character = z.infer<typeof character>

export const safetyCard = z.object({
  id: z.string(),
  locale: z.string(),
  title: z.string(),
  body: z.string(),
  resources: z.array(
    z.object({ name: z.string(), contact: z.string(), hours: z.string().optional(), url: z.string().optional() }),
  ),
})
export type SafetyCard = z.infer<typeof safetyCard>

/** A page of a list; `nextCursor` is opaque and null on the last page. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const pageQuery = z.strictObject({
  limit: z.number().int().min(1).max(limits.pageRows).optional(),
  cursor: z.string().max(500).optional(),
})
