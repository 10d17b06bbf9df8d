import type { RiskLevel } from '@luna/contracts'
import { system } from '@luna/service'
import { sql as text } from 'kysely'
import { appendAudit } from '../audit/append.ts'
import type { ModerationContext, ModerationTx } from '../context.ts'
import { addCount } from './count.ts'

export interface Crisis {
  personId: string
  conversationId: string | null
  turnId: string
  risk: RiskLevel
  ruleVersion: string
  /** Only the course of the talk told it, not the line alone. */
  byCourse: boolean
}

/** Writes a crisis down once for its turn: the follow-up, the count for the yearly report, and the audit without who it was. */
export const recordCrisis = (ctx: ModerationContext, crisis: Crisis): Promise<void> =>
  ctx.db.transaction(system, tx => addCrisis(tx, ctx, crisis))

/** As {@link recordCrisis}, within a transaction in system scope. */
export async function addCrisis(
  tx: ModerationTx,
  ctx: Pick<ModerationContext, 'random' | 'clock' | 'config'>,
  { personId, conversationId, turnId, risk, ruleVersion, byCourse }: Crisis,
): Promise<void> {
  const { checkInMs } = ctx.config
  const added = await tx.sql
    .insertInto('crises')
    .values({
      id: ctx.random.id(),
      person_id: personId,
      conversation_id: conversationId,
      turn_id: turnId,
      risk,
      check_in_at: conversationId && checkInMs > 0 ? text<Date>`now() + ${checkInMs} * interval '1 millisecond'` : null,
    })
    .onConflict(conflict => conflict.column('turn_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return
  // One follow-up is enough: a later crisis in the same talk moves it.
  if (conversationId)
    await tx.sql
      .updateTable('crises')
      .set({ check_in_at: null })
      .where('conversation_id', '=', conversationId)
      .where('checked_in_at', 'is', null)
      .where('id', '<>', added.id)
      .execute()
  await addCount(tx, ctx.clock.now(), 'card', risk)
  await appendAudit(tx, [{ kind: 'crisis', body: { risk, ruleVersion, byCourse } }])
}
