import type { MemoryTx } from '../context.ts'
import type { ConversationKey } from './conversation-store.ts'

/** Takes a conversation away without a trace, tombstones included: for one that turned out to be private. */
export async function dropConversation(
  { sql: trx }: MemoryTx,
  { personId, conversationId }: ConversationKey,
): Promise<void> {
  await trx
    .deleteFrom('conversations')
    .where('person_id', '=', personId)
    .where('conversation_id', '=', conversationId)
    .execute()
}
