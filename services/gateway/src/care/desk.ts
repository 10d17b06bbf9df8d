import type { ServerFrame } from '@luna/contracts'
import { noticeText } from '@luna/safety'
import { person } from '@luna/service'
import { LRUCache } from 'lru-cache'
import type { GatewayContext } from '../context.ts'
import { type CareState, type Due, nothingYet, noticesAt } from './decide-notices.ts'

type Notice = Extract<ServerFrame, { type: 'notice' }>

/** Who must be told what, by the server's clock, over all sockets and replicas. */
export interface CareDesk {
  /** Somebody is there: what they are to be told now. Never fails: without the database it is said once more. */
  seen(personId: string, languages: string | undefined): Promise<Notice[]>
}

export const noticeOf = (due: Due, languages: string | undefined): Notice => ({
  type: 'notice',
  code: due === 'break' ? 'break-reminder' : 'ai-disclosure',
  text: noticeText(due, languages),
})

export function createDesk(ctx: Pick<GatewayContext, 'db' | 'clock' | 'log'>): CareDesk {
  /** For when the database is away. */
  const kept = new LRUCache<string, CareState>({ max: 20_000 })
  return {
    async seen(personId, languages) {
      const now = ctx.clock.now()
      const fallback = noticesAt(kept.get(personId) ?? nothingYet, now)
      try {
        const { due, next } = await remember(ctx, personId, now)
        kept.set(personId, next)
        return due.map(one => noticeOf(one, languages))
      } catch (error) {
        ctx.log.warn({ reason: (error as Error).message }, 'what a person was told could not be read')
        kept.set(personId, fallback.next)
        return fallback.due.map(one => noticeOf(one, languages))
      }
    },
  }
}

const remember = (ctx: Pick<GatewayContext, 'db'>, personId: string, now: Date) =>
  ctx.db.transaction(person(personId), async ({ sql, send }) => {
    const row = await sql
      .selectFrom('care')
      .selectAll()
      .where('person_id', '=', personId)
      .forUpdate()
      .executeTakeFirst()
    const state: CareState = row
      ? { disclosedAt: row.disclosed_at, seenAt: row.seen_at, usingSince: row.using_since, remindedAt: row.reminded_at }
      : nothingYet
    const decided = noticesAt(state, now)
    const values = {
      disclosed_at: decided.next.disclosedAt,
      seen_at: decided.next.seenAt,
      using_since: decided.next.usingSince,
      reminded_at: decided.next.remindedAt,
    }
    send(
      sql
        .insertInto('care')
        .values({ person_id: personId, ...values })
        .onConflict(conflict => conflict.column('person_id').doUpdateSet(values)),
    )
    return decided
  })
