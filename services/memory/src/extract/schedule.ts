import { sql } from 'kysely'
import type { MemoryContext, MemoryTx } from '../context.ts'
import type { ConversationKey } from '../follow/conversation-store.ts'

/** Has a conversation read by the extractor: at once after so many messages, else when nothing more is said for a while. */
export function scheduleExtraction(
  tx: MemoryTx,
  { extractEvery, idleMs, extractor }: MemoryContext['config'],
  { personId, conversationId }: ConversationKey,
  messages: number,
): void {
  if (extractor === 'off' || messages === 0) return
  const statement = sql`insert into extraction_jobs (person_id, conversation_id, messages, due_at)
      values (${personId}::uuid, ${conversationId}::uuid, ${messages}::int,
        case when ${messages}::int >= ${extractEvery}::int then now() else now() + ${idleMs}::float8 * interval '1 millisecond' end)
      on conflict (person_id, conversation_id) do update set
        messages = extraction_jobs.messages + excluded.messages,
        tries = 0,
        due_at = case when extraction_jobs.messages + excluded.messages >= ${extractEvery}::int
          then least(extraction_jobs.due_at, now()) else excluded.due_at end`
  tx.send({ compile: () => statement.compile(tx.sql) })
}

/** Who begins to talk elsewhere has ended the talk before: memory learns from that one now. */
export function endOthers(ctx: MemoryContext, { personId, conversationId }: ConversationKey): void {
  sql`update extraction_jobs set due_at = now()
    where person_id = ${personId}::uuid and conversation_id <> ${conversationId}::uuid and due_at > now() and tries = 0`
    .execute(ctx.store.work)
    .catch((error: unknown) => ctx.log.debug({ err: error }, 'earlier talks are read when their time has come'))
}
