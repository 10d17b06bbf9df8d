import { Unreadable } from './unreadable.ts'

/** What becomes of a delivery whose attempt has failed: another try after a delay in milliseconds, or a dead letter. */
export type NextTry = { dead: true } | { dead: false; delayMs: number }

/** Tries in all: the first, and one for each back-off. */
export const triesOf = (backoffMs: readonly number[]): number => backoffMs.length + 1

/**
 * Up to a fifth is added to the back-off at random (`random` in [0, 1)), so that what failed together does not return
 * together. What is unreadable stays so: it is not tried again.
 */
export const nextTry = (
  attempt: number,
  backoffMs: readonly number[],
  random: () => number,
  error?: unknown,
): NextTry => {
  const delay = error instanceof Unreadable ? undefined : backoffMs[attempt - 1]
  return delay === undefined ? { dead: true } : { dead: false, delayMs: Math.round(delay * (1 + random() / 5)) }
}
