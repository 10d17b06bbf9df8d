import { type CallOutput, chat, type Payload } from '@luna/contracts'
import { person, system } from '@luna/service'
import { keyOf, type MemoryContext, type MemoryDelivery } from '../context.ts'
import { endOthers } from '../extract/schedule.ts'
import { applyFacts, GapAbove, type Told } from '../follow/apply-facts.ts'
import { look, orNull, type Seen, toTold } from '../follow/look.ts'
import type { Fact } from '../follow/standing.ts'

type Ended = Payload<typeof chat.events.turnEnded> | Payload<typeof chat.events.turnFailed>
type Texts = CallOutput<typeof chat.calls.turnTexts>

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
  const keep = (seen: Seen) =>
    delivery.once(person(personId), async tx => {
      if (seen === 'private') return
      if (seen === 'gone') await applyFacts(ctx, tx, key, at, { facts: [deleted], messages: [] })
      else await applyFacts(ctx, tx, key, at, { ...seen, facts: [deleted, ...seen.facts] })
    })
  await ctx.inTurn(conversationId, async () => {
    const seen = texts?.private ? 'private' : seenIn(texts, characterId)
    const kept = seen !== null && (await keep(seen).then(() => true, fillsGap))
    if (!kept) await keep(await look(ctx, at, { told, characterId }))
  })
  endOthers(ctx, at)
}

/** What chat said of the conversation along with the texts: mostly all that there is to know. */
function seenIn(texts: Texts | null, characterId: string | null): Told | null {
  if (!texts?.now) return null
  const { messages, revision, now } = texts
  return toTold({ ...now, revision }, [...messages, ...now.since], characterId)
}

/** An earlier turn is not stored yet: chat is asked for what lies between. */
function fillsGap(error: unknown): false {
  if (error instanceof GapAbove) return false
  throw error
}

/** Messages that the event names and chat does not have any more. */
function missing(event: Ended, found: ReadonlySet<string>): string[] {
  const named = [event.userMessageId, 'messageId' in event ? event.messageId : null]
  return named.filter(id => id !== null).filter(id => !found.has(id))
}
