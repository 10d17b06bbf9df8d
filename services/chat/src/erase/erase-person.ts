import { chat, type gateway, type Payload } from '@luna/contracts'
import { type EventDelivery, system } from '@luna/service'
import type { ChatContext, ChatContract } from '../context.ts'
import type { Tables } from '../db/tables.ts'

/** Tables with a person's rows, children before parents so that each is counted for itself. */
const tables = ['feedback', 'shares', 'summaries', 'tool_results', 'messages', 'turns', 'conversations'] as const

/** Destroys all that chat holds of a person and answers with counts; asked again, it answers again. */
export async function erasePerson(
  event: Payload<typeof gateway.events.accountErased>,
  ctx: ChatContext,
  delivery: EventDelivery<Tables, ChatContract>,
): Promise<void> {
  const { personId, erasureId } = event
  let conversationIds: string[] = []
  await delivery.once(system, async tx => {
    const conversations = await tx.sql
      .selectFrom('conversations')
      .select('id')
      .where('person_id', '=', personId)
      .execute()
    conversationIds = conversations.map(row => row.id)
    const counts: Record<string, number> = {}
    for (const table of tables) {
      const deleted = await tx.sql.deleteFrom(table).where('person_id', '=', personId).executeTakeFirst()
      counts[table] = Number(deleted.numDeletedRows)
    }
    const waiting = await tx.sql.deleteFrom('outbox').where('person_id', '=', personId).executeTakeFirst()
    counts['outbox'] = Number(waiting.numDeletedRows)
    await tx.sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.column('person_id').doNothing())
      .execute()
    tx.publish(chat.events.erased, { personId, erasureId, service: 'chat', counts })
  })
  for (const id of conversationIds) {
    ctx.engine.drop(id)
    ctx.paths.drop(id)
    await ctx.bus.trim({ name: chat.feeds.conversationFrames.name, key: id })
  }
}
