import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressKey } from './address-key.ts'
import { gcra } from './gcra.ts'
import { createMemoryLimits } from './memory-limits.ts'
import { defaultRates, limitsSetting } from './rates.ts'

test('never allows more than the burst and what has flowed in since', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 600 }),
      fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 100 }),
      (burst, perMinute, pauses) => {
        let now = 1_000_000
        const begun = now
        let tat = 0
        let allowed = 0
        for (const pause of pauses) {
          now += pause
          const { ok, next, retryAfterMs } = gcra(tat, now, 1, { burst, perMinute })
          tat = next
          if (ok) allowed += 1
          else expect(gcra(tat, now + retryAfterMs, 1, { burst, perMinute }).ok).toBe(true)
        }
        expect(allowed).toBeLessThanOrEqual(burst + ((now - begun) * perMinute) / 60_000 + 0.01)
      },
    ),
  )
})

test('counts each bucket and key by itself, and lets in again what has waited', async () => {
  let now = 5_000
  const limits = createMemoryLimits({ ...defaultRates, auth: { burst: 2, perMinute: 60 } }, { elapsed: () => now })
  expect((await limits.take('auth', 'a', 2)).ok).toBe(true)
  expect(await limits.take('auth', 'a')).toEqual({ ok: false, retryAfterMs: 1_000 })
  expect((await limits.take('auth', 'b')).ok).toBe(true)
  expect((await limits.take('messages', 'a')).ok).toBe(true)
  now += 1_000
  expect((await limits.take('auth', 'a')).ok).toBe(true)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:bbbb:cccc:dddd:eeee', '2001:db8:1:2::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})

test('LUNA_LIMITS is off, or changes what it names', () => {
  expect(limitsSetting.parse('off')).toBeNull()
  expect(limitsSetting.parse('{"auth": {"burst": 1, "perMinute": 2}}')).toEqual({
    ...defaultRates,
    auth: { burst: 1, perMinute: 2 },
  })
  for (const wrong of [
    'on',
    '{"nothing": {"burst": 1, "perMinute": 1}}',
    '{"auth": {"burst": 0, "perMinute": 1}}',
    '[]',
  ])
    expect([wrong, limitsSetting.safeParse(wrong).error?.issues[0]?.message]).toEqual([
      wrong,
      expect.stringContaining('must be `off` or JSON'),
    ])
})
