import type { Message } from '@luna/contracts'
import type { ConversationState, LocalFrame } from './state.ts'

/** Shows one's own accepted message: behind the leaf, or floating behind the turn that still runs. */
export function takeSent(
  state: ConversationState,
  sent: Extract<LocalFrame, { type: 'local.sent' }>,
): ConversationState {
  if (state.messages[sent.messageId]) return state
  const before = Object.keys(state.running)
    .filter(id => id !== sent.turnId)
    .at(-1)
  const floats = sent.parentId === undefined && before !== undefined
  const message: Message = {
    id: sent.messageId,
    conversationId: sent.conversationId,
    parentId: sent.parentId ?? (floats ? null : state.leafId),
    turnId: sent.turnId,
    role: 'user',
    text: sent.text,
    status: 'complete',
    attachments: [],
    tags: [],
    createdAt: sent.createdAt,
    version: 0,
  }
  const loaded = state.loaded || sent.first === true
  const open = state.running[sent.turnId] || state.ended[sent.turnId] || state.awaited.includes(sent.turnId)
  const awaited = open ? state.awaited : [...state.awaited, sent.turnId]
  const next = { ...state, loaded, awaited, messages: { ...state.messages, [message.id]: message } }
  if (!floats) return { ...next, leafId: message.id }
  return { ...next, floating: [...state.floating, { messageId: message.id, afterTurnId: before }] }
}
