import { closeCodes } from '@luna/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterClose, backoff } from './reconnect.ts'
import { defaultTimings, renewalDelay } from './timings.ts'

const backoffMs = { base: 500, max: 30_000, tooMany: 10_000 }
const after = (code: number, failures = 1, renewed = false, random = 0.5) =>
  afterClose({ code, failures, renewed, random, backoffMs })

describe('after a close', () => {
  it('returns at once over a backlog, once', () => {
    expect(after(closeCodes.backlog)).toMatchObject({ do: 'retry', delayMs: 0 })
    expect(after(closeCodes.backlog, 2)).not.toMatchObject({ delayMs: 0 })
  })
  it('stays away for longer when there were too many', () => {
    expect(after(closeCodes.tooMany, 1, false, 0)).toMatchObject({ delayMs: 10_250 })
  })
  it('blames a frame for 4400 and 1009 only', () => {
    expect(after(closeCodes.badFrame)).toMatchObject({ blamesFrame: true })
    expect(after(closeCodes.tooLarge)).toMatchObject({ blamesFrame: true })
    expect(after(1006)).toMatchObject({ blamesFrame: false })
  })
  it('needs a person after 4403, and after 4401 with a fresh token', () => {
    expect(after(closeCodes.revoked)).toEqual({ do: 'sign-in', why: 'revoked' })
    expect(after(closeCodes.notSignedIn)).toMatchObject({ do: 'retry', renew: true })
    expect(after(closeCodes.notSignedIn, 1, true)).toEqual({ do: 'sign-in', why: 'expired' })
  })
})

it('backs off within its bounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const ms = backoff(failures, random, backoffMs)
      expect(ms).toBeGreaterThanOrEqual(250)
      expect(ms).toBeLessThanOrEqual(30_000)
    }),
  )
})

it('renews a minute before the end, a short-lived token after four fifths', () => {
  expect(renewalDelay(900_000, defaultTimings)).toBe(840_000)
  expect(renewalDelay(60_000, defaultTimings)).toBe(48_000)
  expect(renewalDelay(-5, defaultTimings)).toBe(10_000)
  expect(renewalDelay(Number.MAX_SAFE_INTEGER, defaultTimings)).toBe(2_000_000_000)
})
