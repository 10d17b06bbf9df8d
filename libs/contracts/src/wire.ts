import { z } from 'zod'
import { errorBody, message, messageText, receipt, route, safetyCard, time, usage, uuid } from './shapes.ts'

/** The WebSocket protocol (`GET /ws`): one JSON object a text frame. */
export const protocolVersion = 1

/** Where in a conversation's frames a watcher stands; opaque to clients. */
export const cursor = z.string().max(100)

/** Why the server closed the socket. Any close can be resumed. */
export const closeCodes = {
  tooLarge: 1009,
  badFrame: 4400,
  notSignedIn: 4401,
  revoked: 4403,
  backlog: 4408,
  tooMany: 4429,
} as const

const token = z.string().min(1).max(8_192)

export const clientFrames = {
  hello: z.strictObject({
    type: z.literal('hello'),
    protocol: z.literal(protocolVersion),
    token: token.optional(),
    client: z.strictObject({ name: z.string().max(100), version: z.string().max(100) }).optional(),
  }),
  auth: z.strictObject({ type: z.literal('auth'), token }),
  subscribe: z.strictObject({ type: z.literal('subscribe'), conversationId: uuid, after: cursor.optional() }),
  unsubscribe: z.strictObject({ type: z.literal('unsubscribe'), conversationId: uuid }),
  send: z.strictObject({
    type: z.literal('send'),
    id: uuid,
    text: messageText,
    conversationId: uuid.optional(),
    characterId: uuid.optional(),
    parentId: uuid.optional(),
    private: z.boolean().optional(),
    attachments: z
      .array(z.strictObject({ id: uuid }))
      .max(10)
      .optional(),
  }),
  regenerate: z.strictObject({ type: z.literal('regenerate'), id: uuid, messageId: uuid }),
  cancel: z.strictObject({ type: z.literal('cancel'), turnId: uuid }),
  approve: z.strictObject({
    type: z.literal('approve'),
    callId: z.string().max(200),
    decision: z.enum(['once', 'always', 'never', 'deny']),
  }),
  typing: z.strictObject({ type: z.literal('typing'), conversationId: uuid }),
  ping: z.strictObject({ type: z.literal('ping') }),
} as const

export const clientFrame = z.discriminatedUnion('type', [
  clientFrames.hello,
  clientFrames.auth,
  clientFrames.subscribe,
  clientFrames.unsubscribe,
  clientFrames.send,
  clientFrames.regenerate,
  clientFrames.cancel,
  clientFrames.approve,
  clientFrames.typing,
  clientFrames.ping,
])
export type ClientFrame = z.infer<typeof clientFrame>

const position = { conversationId: uuid, cursor }
const attempt = { turnId: uuid, attempt: z.number().int() }
const step = { ...attempt, seq: z.number().int() }

/** Frames of a turn. `seq` rises over all frames of an attempt and is never used twice. */
export const turnFrames = {
  queued: z.object({ type: z.literal('turn.queued'), ...position, turnId: uuid, ahead: z.number().int() }),
  started: z.object({
    type: z.literal('turn.started'),
    ...position,
    ...attempt,
    characterId: uuid.nullable(),
    route: route.nullable(),
    /** The message that is being answered. */
    parentId: uuid.nullable().optional(),
  }),
  delta: z.object({ type: z.literal('turn.delta'), ...position, ...step, text: z.string() }),
  tool: z.object({
    type: z.literal('turn.tool'),
    ...position,
    ...step,
    callId: z.string(),
    name: z.string(),
    status: z.enum(['proposed', 'approved', 'running', 'done', 'failed', 'denied']),
    summary: z.string().optional(),
  }),
  /** Withdraws the text of deltas with `from <= seq <` its own; substitute text follows as deltas. */
  replaced: z.object({
    type: z.literal('turn.replaced'),
    ...position,
    ...step,
    from: z.number().int(),
    reason: z.string(),
  }),
  completed: z.object({ type: z.literal('turn.completed'), ...position, ...attempt, message, receipt, usage }),
  failed: z.object({ type: z.literal('turn.failed'), ...position, ...attempt, error: errorBody }),
  cancelled: z.object({ type: z.literal('turn.cancelled'), ...position, ...attempt, message: message.nullable() }),
} as const

export const turnFrame = z.discriminatedUnion('type', [
  turnFrames.queued,
  turnFrames.started,
  turnFrames.delta,
  turnFrames.tool,
  turnFrames.replaced,
  turnFrames.completed,
  turnFrames.failed,
  turnFrames.cancelled,
])
export type TurnFrame = z.infer<typeof turnFrame>

/** The text that stands so far in a running turn, and the seq of the last frame folded into it. */
export const turnSoFar = z.object({
  turnId: uuid,
  attempt: z.number().int(),
  seq: z.number().int(),
  text: z.string(),
  parentId: uuid.nullable().optional(),
})
export type TurnSoFar = z.infer<typeof turnSoFar>

export const changedWhat = z.enum(['conversation', 'message', 'memory', 'mood', 'character', 'plugin'])

export const serverFrames = {
  ready: z.object({
    type: z.literal('ready'),
    protocol: z.literal(protocolVersion),
    sessionId: uuid,
    user: z.object({ id: uuid, displayName: z.string(), email: z.string().nullable() }),
    expiresAt: time,
  }),
  subscribed: z.object({ type: z.literal('subscribed'), ...position, recovered: z.literal(true) }),
  snapshot: z.object({
    type: z.literal('snapshot'),
    ...position,
    messages: z.array(message),
    turn: turnSoFar.nullable(),
  }),
  accepted: z.object({
    type: z.literal('accepted'),
    id: uuid,
    conversationId: uuid,
    messageId: uuid,
    turnId: uuid,
  }),
  safetyCard: z.object({ type: z.literal('safety.card'), ...safetyCard.shape }),
  changed: z.object({
    type: z.literal('changed'),
    what: changedWhat,
    id: uuid,
    version: z.number().int(),
    conversationId: uuid.optional(),
  }),
  typing: z.object({ type: z.literal('typing'), conversationId: uuid, userId: uuid }),
  notice: z.object({
    type: z.literal('notice'),
    code: z.enum(['ai-disclosure', 'break-reminder', 'degraded']),
    text: z.string(),
  }),
  error: z.object({ type: z.literal('error'), id: z.string().optional(), error: errorBody }),
  pong: z.object({ type: z.literal('pong') }),
} as const

export const serverFrame = z.discriminatedUnion('type', [
  serverFrames.ready,
  serverFrames.subscribed,
  serverFrames.snapshot,
  serverFrames.accepted,
  ...turnFrame.options,
  serverFrames.safetyCard,
  serverFrames.changed,
  serverFrames.typing,
  serverFrames.notice,
  serverFrames.error,
  serverFrames.pong,
])
export type ServerFrame = z.infer<typeof serverFrame>
