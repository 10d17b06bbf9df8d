import type { Message, ServerFrame, TurnSoFar } from '@luna/contracts'
import { withMessages } from './messages.ts'
import { takeSent } from './reduce-sent.ts'
import { newTurn } from './reduce-turn.ts'
import { settledBy } from './settle-turn.ts'
import type { ConversationState, RunningTurn } from './state.ts'
import { pathTo } from './visible.ts'

/**
 * What is stored takes the place of what was followed. Turns that it no longer has running have ended: with the answer
 * that it shows, or unseen. An own message that it does not have yet stays on show.
 */
export function takeSnapshot(
  state: ConversationState,
  { messages, turn: soFar }: Extract<ServerFrame, { type: 'snapshot' }>,
): ConversationState {
  const older = pathTo(state.messages, messages[0]?.parentId ?? null)
  const running = soFar && !state.ended[soFar.turnId] ? { [soFar.turnId]: turnSoFar(state, soFar) } : {}
  const open = [...new Set([...state.awaited, ...Object.keys(state.running)])].filter(id => !(id in running))
  const ended = { ...state.ended, ...settledBy(state, open, messages) }
  const next: ConversationState = {
    ...state,
    loaded: true,
    messages: withMessages(Object.fromEntries(older.map(message => [message.id, message])), messages),
    leafId: messages.at(-1)?.id ?? null,
    running,
    ended,
    floating: [],
    awaited: open.filter(id => !ended[id]),
  }
  return ownOnTheirWay(state, next.awaited).reduce(
    (shown, message) => (shown.messages[message.id] ? shown : showAgain(shown, message)),
    next,
  )
}

/** One's own messages of open turns that no server frame has brought yet. */
const ownOnTheirWay = (state: ConversationState, open: readonly string[]): Message[] =>
  Object.values(state.messages).filter(
    ({ role, version, turnId }) => role === 'user' && version === 0 && turnId !== null && open.includes(turnId),
  )

function showAgain(state: ConversationState, { id, text, createdAt, parentId, turnId }: Message): ConversationState {
  const { conversationId } = state
  const known = parentId !== null && state.messages[parentId] ? parentId : undefined
  const sent = { conversationId, messageId: id, turnId: turnId ?? '', text, parentId: known, createdAt }
  return takeSent(state, { type: 'local.sent', ...sent })
}

function turnSoFar(state: ConversationState, soFar: TurnSoFar): RunningTurn {
  const known = state.running[soFar.turnId]
  const same = known?.attempt === soFar.attempt ? known : newTurn(soFar.turnId)
  return {
    ...same,
    state: soFar.attempt > 0 ? 'running' : 'queued',
    attempt: soFar.attempt,
    seq: soFar.seq,
    text: soFar.text,
    marks: null,
    base: { seq: soFar.seq, length: soFar.text.length },
    parentId: soFar.parentId === undefined ? known?.parentId : soFar.parentId,
    stale: false,
  }
}
