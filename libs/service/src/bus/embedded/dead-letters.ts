import type { DeadLetter, DeadLetters } from '../types.ts'
import type { Database } from './database.ts'
import { removeDead } from './statements.ts'

const list = {
  name: 'bus-dead-list',
  text: `SELECT d.dead_id AS id, d.listener, e.name AS event, e.id AS "eventId", e.person_id AS "personId", d.attempts,
      d.reason, d.dead_at AS at
    FROM bus.deliveries d JOIN bus.events e ON e.seq = d.event_seq
    WHERE d.dead_id IS NOT NULL AND d.dead_id < $1::bigint ORDER BY d.dead_id DESC LIMIT $2`,
}

const redeliver = {
  name: 'bus-dead-redeliver',
  text: `UPDATE bus.deliveries SET attempts = 0, due_at = now(), dead_id = NULL, dead_at = NULL, reason = NULL
    WHERE dead_id = $1::bigint RETURNING listener`,
}

const largestId = '9223372036854775807'
const isId = (id: string): boolean => /^[0-9]{1,18}$/.test(id)

/** Dead letters are deliveries that stay in the log; sending one again makes it due again. */
export const createDeadLetters = (database: Database, wake: (listener: string) => void): DeadLetters => ({
  async list({ limit, before }) {
    if (before !== undefined && !isId(before)) return []
    return await database.run<DeadLetter>(list, [before ?? largestId, limit])
  },
  async redeliver(id) {
    if (!isId(id)) return false
    const [row] = await database.run<{ listener: string }>(redeliver, [id])
    if (row) wake(row.listener)
    return row !== undefined
  },
  async remove(id) {
    return isId(id) && (await database.run(removeDead, [id])).length > 0
  },
})

const purge = {
  name: 'bus-purge-person',
  text: `WITH dropped AS (
      DELETE FROM bus.events WHERE person_id = $1 AND name <> ALL ($2::text[]) RETURNING seq
    ), deliveries AS (DELETE FROM bus.deliveries WHERE event_seq IN (SELECT seq FROM dropped))
    SELECT count(*)::int AS count FROM dropped`,
}

/** Drops every event about the person, with its deliveries and dead letters. Returns how many events. */
export const purgePerson = async (
  database: Database,
  personId: string,
  exceptEvents: readonly string[],
): Promise<number> => {
  const [row] = await database.run<{ count: number }>(purge, [personId, exceptEvents])
  return row?.count ?? 0
}
