import type { FakeAnswer } from './answer.ts'
import type { FakeRequest } from './requests.ts'

/** A queue is used up one call at a time, then the standing answer holds; a function is asked for every call. */
export type Script = readonly FakeAnswer[] | ((request: FakeRequest) => FakeAnswer | undefined)

export interface ScriptState {
  next(request: FakeRequest): FakeAnswer
  /** Replaces what is left of the queue or the function. */
  set(script: Script): void
  /** What is answered when the script has nothing to say. */
  always(answer: FakeAnswer): void
  left(): number
}

export function createScript(standing: FakeAnswer = {}): ScriptState {
  let queue: FakeAnswer[] = []
  let decide: ((request: FakeRequest) => FakeAnswer | undefined) | undefined
  let fallback = standing
  return {
    next: request => decide?.(request) ?? queue.shift() ?? fallback,
    set(script) {
      decide = typeof script === 'function' ? script : undefined
      queue = typeof script === 'function' ? [] : [...script]
    },
    always(answer) {
      fallback = answer
    },
    left: () => queue.length,
  }
}
