import type { Message } from '@luna/contracts'
import type { ConversationState } from './state.ts'

/** The known messages and these, the newer version of each. */
export function withMessages(
  known: ConversationState['messages'],
  messages: readonly Message[],
): ConversationState['messages'] {
  const next = { ...known }
  for (const message of messages) {
    const before = next[message.id]
    if (!before || before.version <= message.version) next[message.id] = message
  }
  return next
}
