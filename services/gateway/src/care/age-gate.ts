import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import { LRUCache } from 'lru-cache'
import type { GatewayContext } from '../context.ts'

/** Refuses who is known to be too young for this installation. */
export interface AgeGate {
  /** @throws LunaError `forbidden`. Where the database is away nobody is refused: answers to minors are strict anyway. */
  require(personId: string): Promise<void>
  forget(personId: string): void
}

const freshMs = 60_000

/** By the year alone, somebody has an age only after that year's end: the stricter reading. */
export const isOldEnough = (birthYear: number | null, minimumAge: number, now: Date): boolean =>
  birthYear === null || now.getUTCFullYear() - birthYear > minimumAge

export function createAgeGate(ctx: Pick<GatewayContext, 'db' | 'clock'>, minimumAge: number): AgeGate {
  const known = new LRUCache<string, { birthYear: number | null }>({ max: 20_000, ttl: freshMs })
  const load = (personId: string) =>
    ctx.db.transaction(person(personId), ({ sql }) =>
      sql.selectFrom('accounts').select('birth_year').where('id', '=', personId).executeTakeFirst(),
    )
  return {
    async require(personId) {
      if (minimumAge <= 0) return
      let found = known.get(personId)
      if (!found) {
        const row = await load(personId).catch(() => null)
        if (!row) return
        found = { birthYear: row.birth_year }
        known.set(personId, found)
      }
      if (isOldEnough(found.birthYear, minimumAge, ctx.clock.now())) return
      throw new LunaError(
        'forbidden',
        `This place is for people of ${minimumAge} years and older. If your year of birth is wrong, correct it in your settings.`,
        { details: { minimumAge } },
      )
    },
    forget: personId => void known.delete(personId),
  }
}
