import { describe, expect, test } from 'vitest'
import type { FaultFacts } from '../provider/fault.ts'
import { nextTry, type Standing } from './next-try.ts'

const bounds = { retriesUsed: 0, maxRetries: 2, maxWaitMs: 10_000, remainingMs: 60_000, now: 1_000 }
const fault = (facts: Partial<FaultFacts> = {}): FaultFacts => ({
  kind: 'failed',
  reason: '',
  passing: true,
  unhealthy: true,
  ...facts,
})
const failed = (facts: Partial<FaultFacts> = {}): Standing => ({
  admits: true,
  tries: 1,
  last: { facts: fault(facts), at: 1_000 },
})
const fresh: Standing = { admits: true, tries: 0 }

describe('whom to ask next', () => {
  test.for<[string, Standing[], Partial<typeof bounds>, ReturnType<typeof nextTry>]>([
    ['the first', [fresh, fresh], {}, { kind: 'try', place: 0, waitMs: 0 }],
    ['the next fresh one before any retry', [failed(), fresh], {}, { kind: 'try', place: 1, waitMs: 0 }],
    ['nobody whose breaker is open', [{ ...fresh, admits: false }, fresh], {}, { kind: 'try', place: 1, waitMs: 0 }],
    ['the same again after the back-off', [failed()], {}, { kind: 'try', place: 0, waitMs: 250 }],
    ['a doubled back-off', [failed()], { retriesUsed: 1 }, { kind: 'try', place: 0, waitMs: 500 }],
    [
      'the same again after its Retry-After',
      [failed({ retryAfterMs: 4_000 })],
      {},
      { kind: 'try', place: 0, waitMs: 4_000 },
    ],
    [
      'time that has passed counts',
      [failed({ retryAfterMs: 4_000 })],
      { now: 3_000 },
      { kind: 'try', place: 0, waitMs: 2_000 },
    ],
    [
      'who is ready soonest',
      [failed({ retryAfterMs: 4_000 }), failed({ retryAfterMs: 900 })],
      {},
      { kind: 'try', place: 1, waitMs: 900 },
    ],
    ['nobody after two retries', [failed()], { retriesUsed: 2 }, { kind: 'give-up' }],
    ['nobody whose fault stays', [failed({ passing: false })], {}, { kind: 'give-up' }],
    ['nobody who asks for too long a wait', [failed({ retryAfterMs: 10_001 })], {}, { kind: 'give-up' }],
    [
      'nobody whose wait outlasts the call',
      [failed({ retryAfterMs: 4_000 })],
      { remainingMs: 3_000 },
      { kind: 'give-up' },
    ],
  ])('%s', ([, standings, given, expected]) => {
    expect(nextTry(standings, { ...bounds, ...given })).toEqual(expected)
  })
})
