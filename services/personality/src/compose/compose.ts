import type { personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { PersonalityContext } from '../context.ts'
import { composeFor } from './composed.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** The parts of a character's prompt in order: those before the history, then those behind it. */
export const compose: Handlers['compose'] = async (input, ctx, { scope }) => {
  const conversationId = input.conversationId ?? null
  const { character, parts, lore, timings } = await composeFor(ctx, scope, {
    characterId: input.characterId ?? null,
    conversationId,
    personName: input.personName,
    recent: input.recent ?? [],
  })
  if (timings && conversationId && scope.kind !== 'system') {
    const personId = personOf(scope)
    const lore_ = JSON.stringify(timings)
    await ctx.db.transaction(scope, ({ sql }) =>
      sql
        .insertInto('conversations')
        .values({ person_id: personId, conversation_id: conversationId, lore: lore_ })
        .onConflict(conflict => conflict.columns(['person_id', 'conversation_id']).doUpdateSet({ lore: lore_ }))
        .execute(),
    )
  }
  const { id, slug, version, sheet } = character
  return { character: { id, slug, name: sheet.name, version }, parts, lore }
}
