import { type Kysely, sql } from 'kysely'
import type { Subscription } from '../bus/index.ts'
import type { WorkTables } from '../database/index.ts'
import type { Logger } from '../log/logger.ts'

const hourMs = 3_600_000

/** Forgets inbox rows after a week: longer than any delivery is tried or can be sent again by mistake. */
export function startInboxSweep(db: Kysely<WorkTables>, log: Logger): Subscription {
  const sweep = () =>
    sql`delete from inbox where handled_at < now() - interval '7 days'`
      .execute(db)
      .catch(error => log.warn({ err: error }, 'old inbox rows could not be removed; trying again in an hour'))
  const timer = setInterval(() => void sweep(), hourMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
    },
  }
}
