import type { Payload, plugins } from '@luna/contracts'
import type { PluginsContext } from '../context.ts'

/** A stop has been committed: ends the run if it runs here. */
export const cancelRequested = ({ runId }: Payload<typeof plugins.feeds.cancelRequested>, ctx: PluginsContext): void =>
  ctx.live.cancel(runId)
