import type { chat, Payload } from '@luna/contracts'
import { person, system } from '@luna/service'
import { keyOf, type MemoryContext, type MemoryDelivery } from '../context.ts'
import { applyFacts } from '../follow/apply-facts.ts'

/** Forgets all that came from a conversation, and whatever of it is still to come. */
export async function forgetConversation(
  { personId, conversationId }: Payload<typeof chat.events.conversationDeleted>,
  ctx: MemoryContext,
  delivery: MemoryDelivery,
): Promise<void> {
  const key = await keyOf(ctx, personId)
  if (!key) {
    await delivery.once(system, async () => {})
    return
  }
  await delivery.once(person(personId), tx =>
    applyFacts(ctx, tx, key, { personId, conversationId }, { facts: [{ kind: 'gone' }], messages: [] }),
  )
}
