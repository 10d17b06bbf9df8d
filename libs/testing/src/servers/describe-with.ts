/* oxlint-disable vitest/no-conditional-tests, vitest/valid-title, vitest/expect-expect -- this makes suites for others and is none itself */
import { afterAll, describe, test } from 'vitest'
import type { Missing } from './need.ts'

interface Available {
  available: true
  name: string
  stop?(): Promise<void>
}

const suites = new WeakMap<Available, number>()

/**
 * A suite that runs on something needed, named `needs-…: title`; without it, one skipped test that gives the reason.
 * After the last suite on a server that server is stopped.
 */
export function describeWith<A extends Available>(need: A | Missing, title: string, suite: (need: A) => void): void {
  const name = `${need.name}: ${title}`
  if (!need.available) {
    const { reason } = need
    describe(name, () => {
      test(`skipped: ${reason}`, context => context.skip(reason))
    })
    return
  }
  suites.set(need, (suites.get(need) ?? 0) + 1)
  describe(name, () => {
    afterAll(async () => {
      const left = (suites.get(need) ?? 1) - 1
      suites.set(need, left)
      if (left === 0) await need.stop?.()
    })
    suite(need)
  })
}
