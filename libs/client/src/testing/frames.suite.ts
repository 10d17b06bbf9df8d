import type { Message, Receipt, ServerFrame } from '@luna/contracts'

export const conversationId = '00000000-0000-7000-8000-00000000c001'
export const turnId = '00000000-0000-7000-8000-00000000a001'
export const userId = '00000000-0000-7000-8000-00000000e001'

export const messageId = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const aMessage = (n: number, more: Partial<Message> = {}): Message => ({
  id: messageId(n),
  conversationId,
  parentId: n > 1 ? messageId(n - 1) : null,
  turnId: null,
  role: n % 2 === 1 ? 'user' : 'assistant',
  text: `message ${n}`,
  status: 'complete',
  attachments: [],
  tags: [],
  createdAt: '2026-11-20T10:00:00.000Z',
  version: 1,
  ...more,
})

export const aReceipt: Receipt = { recalled: [], lore: [], cut: [], degraded: [], route: null, promptTokens: 1 }

const position = { conversationId, cursor: 'e1.1', turnId }

export const ready = (more: { userId?: string; expiresInMs?: number } = {}): ServerFrame => ({
  type: 'ready',
  protocol: 1,
  sessionId: '00000000-0000-7000-8000-00000000f001',
  user: { id: more.userId ?? userId, displayName: 'Ada', email: null },
  expiresAt: new Date(Date.now() + (more.expiresInMs ?? 3_600_000)).toISOString(),
})

export const snapshot = (
  messages: Message[],
  turn: Extract<ServerFrame, { type: 'snapshot' }>['turn'] = null,
): ServerFrame => ({ type: 'snapshot', conversationId, cursor: 'e1.0', messages, turn })

export const started = (attempt = 1, parentId: string | null = messageId(1)): ServerFrame => ({
  type: 'turn.started',
  ...position,
  attempt,
  characterId: null,
  route: null,
  parentId,
})

export const delta = (seq: number, text: string, attempt = 1, cursor = `e1.${seq}`): ServerFrame => ({
  type: 'turn.delta',
  ...position,
  cursor,
  attempt,
  seq,
  text,
})

export const replaced = (seq: number, from: number, attempt = 1): ServerFrame => ({
  type: 'turn.replaced',
  ...position,
  attempt,
  seq,
  from,
  reason: 'safety',
})

export const completed = (text: string, attempt = 1): ServerFrame => ({
  type: 'turn.completed',
  ...position,
  attempt,
  message: aMessage(2, { text, turnId }),
  receipt: aReceipt,
  usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2, estimated: true },
})

export const failed = (attempt = 1): ServerFrame => ({
  type: 'turn.failed',
  ...position,
  attempt,
  error: { code: 'provider-failed', message: 'The model failed.', retryable: true },
})

export const cancelled = (attempt = 1): ServerFrame => ({ type: 'turn.cancelled', ...position, attempt, message: null })
