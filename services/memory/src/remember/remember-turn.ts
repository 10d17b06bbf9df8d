import { chat, type Payload } from '@luna/contracts'
import { person, system } from '@luna/service'
import { keyOf, type MemoryContext, type MemoryDelivery } from '../context.ts'
import { applyFacts } from '../follow/apply-facts.ts'
import { look, orNull } from '../follow/look.ts'
import type { Fact } from '../follow/standing.ts'

type Ended = Payload<typeof chat.events.turnEnded> | Payload<typeof chat.events.turnFailed>

/** Keeps what was said in a turn, word for word. Of a private conversation nothing is kept. */
export async function rememberTurn(event: Ended, ctx: MemoryContext, delivery: MemoryDelivery): Promise<void> {
  const { personId, conversationId, turnId, characterId } = event
  const at = { personId, conversationId }
  const key = event.private ? null : await keyOf(ctx, personId)
  if (!key) {
    await delivery.once(system, async () => {})
    return
  }
  const texts = await orNull(ctx.call(chat.calls.turnTexts, { turnId }, { scope: person(personId) }))
  const told = texts?.messages ?? []
  const deleted: Fact = { kind: 'deleted', messageIds: missing(event, new Set(told.map(message => message.id))) }
  await ctx.inTurn(conversationId, async () => {
    const seen = texts?.private ? 'private' : await look(ctx, at, { told, characterId })
    await delivery.once(person(personId), async tx => {
      if (seen === 'private') return
      if (seen === 'gone') await applyFacts(tx, key, at, { facts: [deleted], messages: [] })
      else await applyFacts(tx, key, at, { ...seen, facts: [deleted, ...seen.facts] })
    })
  })
}

/** Messages that the event names and chat does not have any more. */
function missing(event: Ended, found: ReadonlySet<string>): string[] {
  const named = [event.userMessageId, 'messageId' in event ? event.messageId : null]
  return named.filter(id => id !== null).filter(id => !found.has(id))
}
