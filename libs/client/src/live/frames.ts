import type { ServerFrame, TurnFrame } from '@luna/contracts'

type FieldType = 'string' | 'number' | 'object' | 'array'
type Fields = Record<string, FieldType>

const position: Fields = { conversationId: 'string', cursor: 'string' }
const attempt: Fields = { ...position, turnId: 'string', attempt: 'number' }
const step: Fields = { ...attempt, seq: 'number' }

/** The fields that the client itself relies on; the server has checked the rest against the contract. */
const required: Record<ServerFrame['type'], Fields> = {
  ready: { sessionId: 'string', user: 'object', expiresAt: 'string' },
  subscribed: position,
  snapshot: { ...position, messages: 'array' },
  accepted: { id: 'string', conversationId: 'string', messageId: 'string', turnId: 'string' },
  'turn.queued': { ...position, turnId: 'string', ahead: 'number' },
  'turn.started': attempt,
  'turn.delta': { ...step, text: 'string' },
  'turn.tool': { ...step, callId: 'string', name: 'string', status: 'string' },
  'turn.replaced': { ...step, from: 'number' },
  'turn.completed': { ...attempt, message: 'object' },
  'turn.failed': { ...attempt, error: 'object' },
  'turn.cancelled': attempt,
  'safety.card': { id: 'string', title: 'string', body: 'string', resources: 'array' },
  changed: { what: 'string', id: 'string', version: 'number' },
  typing: { conversationId: 'string', userId: 'string' },
  notice: { code: 'string', text: 'string' },
  error: { error: 'object' },
  pong: {},
}

/** A frame from its text; null for what is no frame of this protocol or of a type this client does not know yet. */
export function parseFrame(text: unknown): ServerFrame | null {
  if (typeof text !== 'string') return null
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof frame !== 'object' || frame === null) return null
  const record = frame as Record<string, unknown>
  const fields = typeof record.type === 'string' && Object.hasOwn(required, record.type) ? record.type : null
  if (fields === null) return null
  for (const [name, type] of Object.entries(required[fields as ServerFrame['type']])) {
    if (typeOf(record[name]) !== type) return null
  }
  return frame as ServerFrame
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

export type TurnEnd = Extract<TurnFrame, { type: 'turn.completed' | 'turn.failed' | 'turn.cancelled' }>

export const isTurnEnd = (frame: ServerFrame): frame is TurnEnd =>
  frame.type === 'turn.completed' || frame.type === 'turn.failed' || frame.type === 'turn.cancelled'

/** The conversation and cursor of a frame that moves a watcher forward; null for all others. */
export function positionOf(frame: ServerFrame): { conversationId: string; cursor: string } | null {
  return 'cursor' in frame ? { conversationId: frame.conversationId, cursor: frame.cursor } : null
}
