import { system } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatTx } from '../context.ts'
import { claimedColumns, claimNext, lockedColumns, publishSwitch, toClaimed } from './claim.ts'
import type { ClaimedTurn } from './claimed-turn.ts'

const atOnce = 50

/** Turns whose holder is gone, and queues that nobody works on. */
async function findOrphans(ctx: ChatContext): Promise<string[]> {
  const timeout = sql`${ctx.config.holderTimeoutMs} * interval '1 millisecond'`
  const { rows } = await ctx.db.transaction(system, tx =>
    sql<{ conversation_id: string }>`
      select distinct t.conversation_id
      from turns t left join holders h on h.instance_id = t.holder and h.heartbeat_at > now() - ${timeout}
      where (t.state in ('running', 'waiting') and h.instance_id is null)
         or (t.state = 'queued' and not exists (
              select 1 from turns r where r.conversation_id = t.conversation_id and r.state in ('running', 'waiting')))
      limit ${sql.lit(atOnce)}`.execute(tx.sql),
  )
  return rows.map(row => row.conversation_id)
}

/** Takes up every orphan: a running one as a higher attempt with a raised fence and epoch, a queued one as it is. */
export async function takeOverOrphans(ctx: ChatContext): Promise<number> {
  if (!ctx.engine.accepting()) return 0
  const conversations = await findOrphans(ctx)
  let taken = 0
  for (const conversationId of conversations) {
    const turn = await ctx.db.transaction(system, tx => takeOver(tx, ctx, conversationId))
    if (!turn) continue
    ctx.log.info({ turnId: turn.id, attempt: turn.attempt }, 'taking up a turn that nobody holds')
    ctx.engine.run(turn)
    taken += 1
  }
  return taken
}

async function takeOver(tx: ChatTx, ctx: ChatContext, conversationId: string): Promise<ClaimedTurn | null> {
  const conversation = await tx.sql
    .selectFrom('conversations')
    .select(lockedColumns)
    .where('id', '=', conversationId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!conversation) return null
  const lost = await tx.sql
    .selectFrom('turns')
    .leftJoin('holders', join =>
      join
        .onRef('holders.instance_id', '=', 'turns.holder')
        .on('heartbeat_at', '>', sql<Date>`now() - ${ctx.config.holderTimeoutMs} * interval '1 millisecond'`),
    )
    .select(['turns.id', 'holders.instance_id'])
    .where('conversation_id', '=', conversationId)
    .where('state', 'in', ['running', 'waiting'])
    .executeTakeFirst()
  if (lost?.instance_id) return null
  if (!lost) {
    const next = await claimNext(tx.sql, { ...conversation, running_turn_id: null }, ctx.instanceId)
    if (next) {
      await tx.sql.updateTable('conversations').set(claimedColumns(next)).where('id', '=', conversationId).execute()
      publishSwitch(tx, next)
    }
    return next?.claimed ?? null
  }
  const turn = await tx.sql
    .updateTable('turns')
    .set(eb => ({
      state: 'running',
      holder: ctx.instanceId,
      attempt: eb('attempt', '+', 1),
      fence: eb('fence', '+', 1),
    }))
    .where('id', '=', lost.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const raised = await tx.sql
    .updateTable('conversations')
    .set(eb => ({ epoch: eb('epoch', '+', 1), frame_n: 0, running_turn_id: turn.id }))
    .where('id', '=', conversationId)
    .returning(['revision', 'epoch', 'frame_n'])
    .executeTakeFirstOrThrow()
  return toClaimed(turn, raised, true)
}
