import type { Logger } from '../log/logger.ts'

const patienceMs = 40_000

/** Drains once on SIGTERM or SIGINT; a second signal, or patience at its end, ends the process at once. */
export function onShutdown(log: Logger, drain: () => Promise<void>): void {
  let draining = false
  const handle = (signal: NodeJS.Signals) => {
    if (draining) process.exit(1)
    draining = true
    log.info({ signal }, 'stopping: taking no new work, ending what is in hand')
    setTimeout(() => process.exit(1), patienceMs).unref()
    drain().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', handle)
  process.on('SIGINT', handle)
}
