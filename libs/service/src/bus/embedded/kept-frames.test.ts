import { array, assert, boolean, constantFrom, nat, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KeptFrames } from './kept-frames.ts'

const large = { idleMs: 300_000, totalBytes: 1_000_000 }

describe('kept frames', () => {
  test('are kept in order until their address has been idle too long', () => {
    let now = 0
    const kept = new KeptFrames(large, () => now)
    kept.add('a', '1')
    now = 299_999
    kept.add('a', '2')
    now = 599_999
    expect(kept.of('a')).toEqual(['1', '2'])
    now = 600_000
    expect(kept.of('a')).toEqual([])
    expect(kept.bytes).toBe(0)
  })

  test('over the limit the address that was idle longest goes first', () => {
    const kept = new KeptFrames({ idleMs: 1, totalBytes: 3 * 66 }, () => 0)
    for (const address of ['a', 'b', 'a', 'c']) kept.add(address, 'x')
    expect([kept.of('a'), kept.of('b'), kept.of('c')]).toEqual([['x', 'x'], [], ['x']])
  })

  test('an address alone over the limit keeps its newest frames', () => {
    const kept = new KeptFrames({ idleMs: 1, totalBytes: 10 * 66 }, () => 0)
    for (let n = 0; n < 25; n += 1) kept.add('a', String(n % 10))
    const frames = kept.of('a')
    expect(frames.length).toBeGreaterThan(5)
    expect(frames).toEqual(Array.from({ length: 25 }, (_, n) => String(n % 10)).slice(-frames.length))
  })

  test('never over the limit, and the bytes always add up', () => {
    const step = record({ address: constantFrom('a', 'b', 'c'), length: nat(200), drop: boolean() })
    assert(
      property(array(step, { maxLength: 200 }), steps => {
        const kept = new KeptFrames({ idleMs: 1, totalBytes: 2_000 }, () => 0)
        for (const { address, length, drop } of steps) {
          if (drop) kept.drop(address)
          else kept.add(address, 'x'.repeat(length))
          expect(kept.bytes).toBeLessThanOrEqual(2_000)
        }
        const found = ['a', 'b', 'c']
          .flatMap(address => kept.of(address))
          .reduce((sum, f) => sum + f.length * 2 + 64, 0)
        expect(kept.bytes).toBe(found)
      }),
    )
  })
})
