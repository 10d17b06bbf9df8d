import { type ConversationFrame, type Message, makeCursor, type Position } from '@luna/contracts'
import { LiveFrame } from './frame.ts'

/** Frames for tests, as a holder of a conversation would publish them. */
export const conversationId = '018f0000-0000-7000-8000-00000000c001'
export const personId = '018f0000-0000-7000-8000-00000000a001'
export const idOf = (kind: string, number: number): string =>
  `018f0000-0000-7000-8000-${kind}${String(number).padStart(12 - kind.length, '0')}`
export const turnIdOf = (number: number): string => idOf('b', number)

type Unplaced<F> = F extends ConversationFrame ? Omit<F, 'conversationId' | 'cursor'> : never
export type Unnumbered = Unplaced<ConversationFrame>

export const frameAt = (position: Position, frame: Unnumbered): LiveFrame => {
  const body = { ...frame, conversationId, cursor: makeCursor(conversationId, position) } as ConversationFrame
  return new LiveFrame(position, body, JSON.stringify(body))
}

export const messageOf = (turnId: string, text: string): Message => ({
  id: turnId,
  conversationId,
  parentId: null,
  turnId,
  role: 'assistant',
  text,
  status: 'complete',
  attachments: [],
  tags: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
})

const receipt = { recalled: [], lore: [], cut: [], degraded: [], route: null, promptTokens: 1 }
const usage = { promptTokens: 1, completionTokens: 1, totalTokens: 2, estimated: true }

export const queued = (turnId: string, ahead = 0): Unnumbered => ({ type: 'turn.queued', turnId, ahead })
export const started = (turnId: string, attempt = 1): Unnumbered => ({
  type: 'turn.started',
  turnId,
  attempt,
  characterId: null,
  route: null,
  parentId: null,
})
export const delta = (turnId: string, seq: number, text: string, attempt = 1): Unnumbered => ({
  type: 'turn.delta',
  turnId,
  attempt,
  seq,
  text,
})
export const replaced = (turnId: string, seq: number, from: number, attempt = 1): Unnumbered => ({
  type: 'turn.replaced',
  turnId,
  attempt,
  seq,
  from,
  reason: 'safety',
})
export const completed = (turnId: string, text: string, attempt = 1): Unnumbered => ({
  type: 'turn.completed',
  turnId,
  attempt,
  message: messageOf(turnId, text),
  receipt,
  usage,
})
export const checkpoint = (
  turn: { turnId: string; attempt: number; seq: number; text: string } | null,
): Unnumbered => ({ type: 'checkpoint', turn: turn && { ...turn, parentId: null } })
