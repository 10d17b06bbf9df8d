import { LunaError } from '@luna/contracts'
import { type BackgroundWork, system } from '@luna/service'
import { sql as raw } from 'kysely'
import type { PluginsContext } from '../context.ts'

/** The runs that this process has in hand. */
export interface LiveRuns {
  begin(runId: string, timeoutMs: number): { signal: AbortSignal; end(): void }
  cancel(runId: string): void
  ids(): string[]
}

export function createLiveRuns(): LiveRuns {
  const live = new Map<string, AbortController>()
  return {
    begin(runId, timeoutMs) {
      const controller = new AbortController()
      live.set(runId, controller)
      const timer = setTimeout(
        () =>
          controller.abort(
            new LunaError('timeout', `The action took longer than ${timeoutMs} ms and was ended.`, {
              retryable: false,
            }),
          ),
        timeoutMs,
      )
      return {
        signal: controller.signal,
        end() {
          clearTimeout(timer)
          live.delete(runId)
        },
      }
    },
    cancel(runId) {
      live.get(runId)?.abort(new LunaError('cancelled', 'The run was cancelled.'))
    },
    ids: () => [...live.keys()],
  }
}

/** Keeps the leases of what runs here, and gives up for lost what nobody keeps. */
export const holdingRuns: BackgroundWork<PluginsContext> = {
  name: 'leases',
  async start(ctx) {
    const { leaseMs } = ctx.config
    let beating: Promise<unknown> = Promise.resolve()
    const beat = () => {
      const ids = ctx.live.ids()
      if (ids.length === 0) return
      beating = ctx.db
        .transaction(system, tx =>
          tx.sql
            .updateTable('runs')
            .set({ lease_until: raw<Date>`now() + ${`${leaseMs} milliseconds`}::interval` })
            .where('id', 'in', ids)
            .where('holder', '=', ctx.instanceId)
            .execute(),
        )
        .catch((error: unknown) => ctx.log.warn({ err: error }, 'the leases of running actions could not be kept'))
    }
    const sweep = () => {
      beating = ctx.db
        .transaction(system, tx =>
          tx.sql
            .updateTable('runs')
            .set({ status: 'unknown', ended_at: raw<Date>`now()`, error_code: 'unavailable' })
            .where('status', '=', 'running')
            .where('lease_until', '<', raw<Date>`now() - interval '10 minutes'`)
            .execute(),
        )
        .catch((error: unknown) => ctx.log.warn({ err: error }, 'lost runs could not be looked for'))
    }
    const timers = [setInterval(beat, leaseMs / 3), setInterval(sweep, 60_000)]
    return {
      async stop() {
        for (const timer of timers) clearInterval(timer)
        await beating
        await ctx.sandboxes.stop()
        await ctx.mcp.close()
        await ctx.safeFetch.close()
      },
    }
  },
}
