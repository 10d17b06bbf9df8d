import { chat, type personality } from '@luna/contracts'
import type { CallHandlers, Scope } from '@luna/service'
import type { PersonalityContext } from '../context.ts'
import { composeFor } from './composed.ts'
import { cutToBudget } from './cut.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** As many of the newest messages as chat sends along when it composes. */
const recentMessages = 6

/** What compose would say now, with what a budget would cut; changes nothing. */
export const prompt: Handlers['prompt'] = async (input, ctx, { scope, requestId }) => {
  const conversationId = input.conversationId ?? null
  const recent = conversationId === null ? [] : await recentOf(ctx, scope, conversationId, requestId)
  const composed = await composeFor(ctx, scope, {
    characterId: input.characterId,
    conversationId,
    personName: input.personName,
    recent,
  })
  const { kept, cut } = cutToBudget(composed.parts, input.budget ?? Number.POSITIVE_INFINITY)
  const { id, slug, version, sheet } = composed.character
  return {
    character: { id, slug, name: sheet.name, version },
    parts: [...kept],
    cut: [...cut],
    lore: composed.lore,
    tokens: kept.reduce((sum, part) => sum + part.tokens, 0),
  }
}

async function recentOf(
  ctx: PersonalityContext,
  scope: Scope,
  conversationId: string,
  requestId: string,
): Promise<string[]> {
  const { items } = await ctx.call(
    chat.calls.listMessages,
    { conversationId, limit: recentMessages },
    { scope, requestId },
  )
  return items.map(({ text }) => text)
}
