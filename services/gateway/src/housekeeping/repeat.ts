import type { Logger, Running } from '@luna/service'

export interface Repeated {
  everyMs: number
  /** What is done, for the log. */
  name: string
  log: Logger
}

/** Does `work` again and again, a pause after each end; a failure is logged and tried again at the next turn. */
export function repeat({ everyMs, name, log }: Repeated, work: () => Promise<void>): Running {
  let stopped = false
  let inHand: Promise<void> = Promise.resolve()
  const run = async () => {
    try {
      await work()
    } catch (error) {
      log.warn({ err: error }, `${name} failed; trying again`)
    }
    if (!stopped) timer = setTimeout(tick, everyMs)
  }
  const tick = () => {
    inHand = run()
  }
  let timer = setTimeout(tick, everyMs)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await inHand
    },
  }
}
