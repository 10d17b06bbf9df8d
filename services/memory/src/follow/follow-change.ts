import type { chat, Payload } from '@luna/contracts'
import { person, system } from '@luna/service'
import { keyOf, type MemoryContext, type MemoryDelivery } from '../context.ts'
import { applyFacts } from './apply-facts.ts'
import { dropConversation } from './drop-conversation.ts'
import { look, type Seen } from './look.ts'
import type { Fact } from './standing.ts'

type Change = Payload<typeof chat.events.messageChanged> | Payload<typeof chat.events.branchSwitched>

/** What a change says by itself, before anybody is asked. */
const factsOf = (change: Change): Fact[] => [
  { kind: 'heard', revision: change.revision },
  ...('change' in change && change.change === 'deleted'
    ? [{ kind: 'deleted' as const, messageIds: [change.messageId] }]
    : []),
]

/**
 * An edit, a deletion, another branch: what no longer stands is no longer recalled. While chat cannot be asked, what the
 * event says is kept at once, so that nothing stale is recalled; then the event is tried again.
 */
export async function followChange(change: Change, ctx: MemoryContext, delivery: MemoryDelivery): Promise<void> {
  const { personId, conversationId } = change
  const at = { personId, conversationId }
  const key = await keyOf(ctx, personId)
  if (!key || ('change' in change && change.change === 'tagged')) {
    await delivery.once(system, async () => {})
    return
  }
  const facts = factsOf(change)
  await ctx.inTurn(conversationId, async () => {
    let seen: Seen
    try {
      seen = await look(ctx, at)
    } catch (error) {
      await ctx.db.transaction(person(personId), tx => applyFacts(ctx, tx, key, at, { facts, messages: [] }))
      throw error
    }
    await delivery.once(person(personId), async tx => {
      if (seen === 'private') await dropConversation(tx, at)
      else if (seen === 'gone') await applyFacts(ctx, tx, key, at, { facts, messages: [] })
      else await applyFacts(ctx, tx, key, at, { ...seen, facts: [...facts, ...seen.facts] })
    })
  })
}
