import type { ServerFrame } from '@luna/contracts'
import type { TurnEnd } from '../live/frames.ts'
import { withMessages } from './messages.ts'
import { takeSent } from './reduce-sent.ts'
import { takeSnapshot } from './reduce-snapshot.ts'
import { newTurn, reduceTurn } from './reduce-turn.ts'
import { settleTurn } from './settle-turn.ts'
import type { ConversationState, EndedTurn, LocalFrame, RunningTurn } from './state.ts'
import { pathTo } from './visible.ts'

/**
 * Folds one frame into a conversation. Pure: frames of other conversations, frames seen before and frames of lost
 * attempts give back the same state; the first end of a turn stands; a snapshot replaces all but older pages and own
 * messages that are on their way.
 */
export function reduceConversation(state: ConversationState, frame: ServerFrame | LocalFrame): ConversationState {
  if ('conversationId' in frame && frame.conversationId !== state.conversationId) return state
  switch (frame.type) {
    case 'snapshot':
      return takeSnapshot(state, frame)
    case 'turn.queued': {
      if (state.ended[frame.turnId]) return state
      const turn = state.running[frame.turnId] ?? newTurn(frame.turnId)
      return turn.attempt > 0 ? state : withTurn(state, { ...turn, ahead: frame.ahead })
    }
    case 'turn.started':
    case 'turn.delta':
    case 'turn.tool':
    case 'turn.replaced': {
      if (state.ended[frame.turnId]) return state
      const before = state.running[frame.turnId] ?? newTurn(frame.turnId)
      const turn = reduceTurn(before, frame)
      return turn === before && state.running[frame.turnId] ? state : withTurn(state, turn)
    }
    case 'turn.completed':
    case 'turn.failed':
    case 'turn.cancelled':
      return state.ended[frame.turnId] ? state : endTurn(state, frame)
    case 'local.sent':
      return takeSent(state, frame)
    case 'local.turn':
      return settleTurn(state, frame.turn)
    case 'local.messages':
      return { ...state, messages: withMessages(state.messages, frame.messages) }
    case 'local.leaf':
      return { ...state, leafId: frame.leafId }
    default:
      return state
  }
}

const withTurn = (state: ConversationState, turn: RunningTurn): ConversationState => ({
  ...state,
  running: { ...state.running, [turn.turnId]: turn },
  awaited: state.awaited.filter(id => id !== turn.turnId),
})

function endTurn(state: ConversationState, frame: TurnEnd): ConversationState {
  const turn = state.running[frame.turnId]
  const message = frame.type === 'turn.failed' ? null : frame.message
  const parentId = message ? message.parentId : (turn?.parentId ?? askedIn(state, frame.turnId))
  const ended: EndedTurn = {
    turnId: frame.turnId,
    end: frame.type === 'turn.completed' ? 'completed' : frame.type === 'turn.failed' ? 'failed' : 'cancelled',
    attempt: frame.attempt,
    messageId: message?.id ?? null,
    parentId,
    receipt: frame.type === 'turn.completed' ? frame.receipt : null,
    usage: frame.type === 'turn.completed' ? frame.usage : null,
    error: frame.type === 'turn.failed' ? frame.error : null,
  }
  const { [frame.turnId]: _gone, ...running } = state.running
  const messages = message ? withMessages(state.messages, [message]) : state.messages
  const onShow = message !== null && isOnShow(state, message.parentId)
  const awaited = state.awaited.filter(id => id !== frame.turnId)
  const next = { ...state, running, awaited, messages, ended: { ...state.ended, [frame.turnId]: ended } }
  const settled = settleFloating(next, frame.turnId, message?.id ?? parentId ?? null)
  if (settled !== next) return settled
  return onShow ? { ...next, leafId: message.id } : next
}

/** The person's message that began a turn, where the turn itself never said. */
const askedIn = (state: ConversationState, turnId: string): string | undefined =>
  Object.values(state.messages).find(message => message.role === 'user' && message.turnId === turnId)?.id

const isOnShow = (state: ConversationState, parentId: string | null): boolean =>
  parentId === null || state.leafId === null || pathTo(state.messages, state.leafId).some(({ id }) => id === parentId)

/** Own messages that waited for this turn now stand below its answer, and the branch goes on to them. */
function settleFloating(state: ConversationState, turnId: string, parentId: string | null): ConversationState {
  const mine = state.floating.filter(({ afterTurnId }) => afterTurnId === turnId)
  if (mine.length === 0) return state
  const messages = { ...state.messages }
  for (const { messageId } of mine) {
    const message = messages[messageId]
    if (message) messages[messageId] = { ...message, parentId }
  }
  const floating = state.floating.filter(({ afterTurnId }) => afterTurnId !== turnId)
  return { ...state, messages, floating, leafId: mine.at(-1)?.messageId ?? state.leafId }
}
