import type { TurnRun } from './run-state.ts'

/** Milliseconds until a proposal that nobody answers counts as denied (design.md section 5). */
const consentMs = 600_000

export type Decision = 'once' | 'always' | 'never' | 'deny' | 'unanswered'

/** Waits for what the person says to a proposed call. Rejects when the turn is stopped. */
export function askPerson(run: TurnRun, callId: string): Promise<Decision> {
  const { signal } = run.abort
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer)
      run.decisions.delete(callId)
      signal.removeEventListener('abort', stop)
    }
    const done = (decision: Decision) => {
      settle()
      resolve(decision)
    }
    const stop = () => {
      settle()
      reject(signal.reason)
    }
    const timer = setTimeout(() => done('unanswered'), consentMs)
    run.decisions.set(callId, done)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
