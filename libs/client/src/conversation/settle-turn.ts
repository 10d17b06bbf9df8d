import type { Message, Turn } from '@luna/contracts'
import type { ConversationState, EndedTurn } from './state.ts'

const ends = { complete: 'completed', stopped: 'cancelled', failed: 'failed' } as const
const over = ['completed', 'failed', 'cancelled'] as const
const isOver = (state: Turn['state']): state is (typeof over)[number] => over.some(end => end === state)

const answerTo = (messages: readonly Message[], turnId: string): Message | undefined =>
  messages.findLast(message => message.role === 'assistant' && message.turnId === turnId)

/** The ends of those turns whose answers are among these messages; receipt and usage are not told with them. */
export function settledBy(
  state: ConversationState,
  turnIds: readonly string[],
  messages: readonly Message[],
): Record<string, EndedTurn> {
  const settled: Record<string, EndedTurn> = {}
  for (const turnId of turnIds) {
    const answer = answerTo(messages, turnId)
    if (!answer) continue
    settled[turnId] = {
      turnId,
      end: ends[answer.status],
      attempt: state.running[turnId]?.attempt ?? 0,
      messageId: answer.id,
      parentId: answer.parentId,
      receipt: null,
      usage: null,
      error: null,
    }
  }
  return settled
}

/** Takes what is stored of a turn: its end, where no frame brought it, and what a snapshot does not tell of it. */
export function settleTurn(state: ConversationState, turn: Turn): ConversationState {
  if (!isOver(turn.state)) return state
  const answer = answerTo(Object.values(state.messages), turn.id)
  const asked = Object.values(state.messages).find(({ role, turnId }) => role === 'user' && turnId === turn.id)
  const known: EndedTurn = state.ended[turn.id] ?? {
    turnId: turn.id,
    end: turn.state,
    attempt: turn.attempt,
    messageId: answer?.id ?? null,
    parentId: answer ? answer.parentId : asked?.id,
    receipt: null,
    usage: null,
    error: null,
  }
  const { [turn.id]: _gone, ...running } = state.running
  const ended: EndedTurn = {
    ...known,
    receipt: known.receipt ?? turn.receipt,
    usage: known.usage ?? turn.usage,
    error: known.error ?? turn.error,
  }
  const awaited = state.awaited.filter(id => id !== turn.id)
  return { ...state, running, awaited, ended: { ...state.ended, [turn.id]: ended } }
}

/** Turns of which less is known than is stored: they have ended unseen, or without their receipt. */
export const untold = (state: ConversationState): string[] => [
  ...state.awaited,
  ...Object.values(state.ended).flatMap(({ turnId, end, receipt }) =>
    end === 'completed' && receipt === null ? [turnId] : [],
  ),
]
