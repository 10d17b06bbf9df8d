import { type RawDatabase, system } from '@luna/service'
import { sql as text } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Tables } from '../db/tables.ts'

/** Who may not write for now; asked at each message, so kept for a moment. */
export interface Standings {
  /** Words for the person, or null when they may write. Where the database is away nobody is kept out. */
  restrictionOf(personId: string): Promise<string | null>
  drop(): void
}

const keptMs = 15_000

export function createStandings(store: Pick<RawDatabase<Tables>, 'transaction'>): Standings {
  const kept = new LRUCache<string, { until: Date | null }>({ max: 20_000, ttl: keptMs })
  return {
    async restrictionOf(personId) {
      let known = kept.get(personId)
      if (!known) {
        try {
          const row = await store.transaction(system, sql =>
            sql
              .selectFrom('strikes')
              .select(text<Date | null>`max(expires_at)`.as('until'))
              .where('person_id', '=', personId)
              .where('restricts', '=', true)
              .where('expires_at', '>', text<Date>`now()`)
              .executeTakeFirst(),
          )
          known = { until: row?.until ?? null }
        } catch {
          return null
        }
        kept.set(personId, known)
      }
      if (!known.until) return null
      return `After what moderators have decided, you can write again from ${known.until.toISOString().slice(0, 16).replace('T', ' ')} UTC. What was decided and why is in your settings; you can appeal there.`
    },
    drop: () => kept.clear(),
  }
}
