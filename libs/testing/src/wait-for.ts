export interface WaitForOptions {
  /** Default 10 s. */
  timeoutMs?: number
  /** Between two looks; default 20 ms. */
  intervalMs?: number
  /** What was waited for, for the error. */
  message?: string
}

/**
 * Waits until the condition gives a truthy value, and gives that value. A condition that throws is asked again; what it
 * threw last is the cause of the error at the end.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs = 20, message = 'the condition' }: WaitForOptions = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    let last: unknown
    let thrown: unknown
    try {
      last = await condition()
      if (last) return last as NonNullable<T>
    } catch (error) {
      thrown = error
    }
    if (performance.now() > deadline) {
      const found = thrown instanceof Error ? thrown.message : String(last)
      throw new Error(`Waited ${timeoutMs} ms for ${message}; found last: ${found}`, { cause: thrown })
    }
    await new Promise(resolve => setTimeout(resolve, intervalMs))
  }
}
