import { erasingServices, gateway } from '@luna/contracts'
import { system } from '@luna/service'
import { sql as text } from 'kysely'
import type { GatewayContext } from '../context.ts'
import { finishErasure } from './finish-erasure.ts'
import { missingAnswers } from './missing-answers.ts'

const most = 20

/** Sends account-erased again where answers are missing, less and less often, up to once an hour. Replicas share the work. */
export async function sendErasuresAgain(ctx: GatewayContext): Promise<void> {
  const due = await ctx.db.transaction(system, async tx => {
    const { rows } = await text<{ id: string; person_id: string; answered: string[] }>`
      update erasures e set sends = e.sends + 1,
        next_send_at = now() + least(power(2, least(e.sends, 12)) * interval '5 seconds', interval '1 hour')
      where e.id in (
        select id from erasures where completed_at is null and next_send_at <= now()
        order by next_send_at limit ${text.lit(most)} for update skip locked)
      returning e.id, e.person_id,
        array(select a.service from erasure_answers a where a.erasure_id = e.id) as answered`.execute(tx.sql)
    for (const { id, person_id, answered } of rows)
      if (missingAnswers(erasingServices, answered).length > 0)
        tx.publish(gateway.events.accountErased, { personId: person_id, erasureId: id })
    return rows
  })
  for (const { id } of due) await finishErasure(ctx, id)
}
