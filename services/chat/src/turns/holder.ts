import { system } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext } from '../context.ts'
import { takeOverOrphans } from './take-over.ts'

/** How often a holder says that it lives, as a share of the time after which it counts as lost. */
const beatsPerTimeout = 4
const sweepMs = 1_000
const drainMs = 20_000

/** One lease row for this process: it says that it lives, takes up the turns of those that do not, and drains at the end. */
export async function startHolder(ctx: ChatContext): Promise<{ stop(): Promise<void> }> {
  const { work } = ctx.store
  const beat = () =>
    work
      .insertInto('holders')
      .values({ instance_id: ctx.instanceId })
      .onConflict(conflict => conflict.column('instance_id').doUpdateSet({ heartbeat_at: sql<Date>`now()` }))
      .execute()
  if (ctx.embedded) await work.deleteFrom('holders').execute()
  await beat()

  const every = (ms: number, what: string, task: () => Promise<unknown>) => {
    let timer: NodeJS.Timeout
    let current: Promise<unknown> = Promise.resolve()
    let stopped = false
    const tick = () => {
      current = task()
        .catch((error: unknown) => ctx.log.warn({ err: error }, `${what} failed; trying again`))
        .finally(() => {
          if (!stopped) timer = setTimeout(tick, ms)
        })
    }
    timer = setTimeout(tick, 0)
    return async () => {
      stopped = true
      clearTimeout(timer)
      await current
    }
  }
  const stopBeating = every(ctx.config.holderTimeoutMs / beatsPerTimeout, 'the heartbeat', beat)
  const stopSweeping = every(sweepMs, 'looking for orphaned turns', () => takeOverOrphans(ctx))
  return {
    async stop() {
      await stopSweeping()
      await ctx.engine.drain(drainMs)
      await stopBeating()
      await ctx.db.transaction(system, tx =>
        tx.sql.deleteFrom('holders').where('instance_id', '=', ctx.instanceId).execute(),
      )
    },
  }
}
