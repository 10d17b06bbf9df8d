import { LunaError } from '@luna/contracts'
import { type PersonKey, person } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import { applyFacts } from './apply-facts.ts'
import type { ConversationKey } from './conversation-store.ts'
import { look } from './look.ts'
import { isCurrent } from './standing.ts'

/**
 * Brings a stored conversation up to a revision, if chat answers in time.
 * @returns whether what is stored of it can be trusted at that revision; of what was never stored nothing can be stale
 */
export async function catchUp(
  ctx: MemoryContext,
  key: PersonKey,
  at: ConversationKey,
  revision: number,
): Promise<boolean> {
  const row = await findConversation(ctx, at)
  if (!row || row.gone || isCurrent(row, revision)) return true
  try {
    const seen = await look(ctx, at, { signal: AbortSignal.timeout(ctx.config.catchUpMs) })
    if (seen === 'private' || seen === 'gone') return false
    await ctx.db.transaction(person(at.personId), tx => applyFacts(ctx, tx, key, at, seen))
  } catch (error) {
    ctx.log.info(
      { conversationId: at.conversationId, code: LunaError.from(error).code },
      'a changed conversation could not be read again in time; nothing of it is recalled',
    )
    return false
  }
  const now = await findConversation(ctx, at)
  return now !== undefined && isCurrent(now, revision)
}

const findConversation = (ctx: MemoryContext, { personId, conversationId }: ConversationKey) =>
  ctx.db.transaction(person(personId), ({ sql }) =>
    sql
      .selectFrom('conversations')
      .select(['revision', 'heard', 'gone'])
      .where('person_id', '=', personId)
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst(),
  )
