import { LunaError } from '@luna/contracts'
import { describe, expect, test } from 'vitest'
import { checkPayload, messageBytes, reservedBytes } from './check-message.ts'
import { parseDelivery } from './nats/acknowledgement.ts'
import { nextTry, triesOf } from './next-try.ts'
import { reasonOf } from './reason.ts'

describe('the next try', () => {
  test('follows the back-offs, with up to a fifth more, and ends after the last', () => {
    expect(triesOf([100, 1_000])).toBe(3)
    expect(nextTry(1, [100, 1_000], () => 0)).toEqual({ dead: false, delayMs: 100 })
    expect(nextTry(2, [100, 1_000], () => 0.999_999)).toEqual({ dead: false, delayMs: 1_200 })
    expect(nextTry(3, [100, 1_000], () => 0)).toEqual({ dead: true })
    expect(nextTry(1, [], () => 0)).toEqual({ dead: true })
  })
})

describe('the reason of a failure', () => {
  test.each([
    [new LunaError('stale', 'Version 3 is stored.'), 'stale: Version 3 is stored.'],
    [new TypeError('x is\nnot a function'), 'TypeError: x is not a function'],
    [new SyntaxError('Unexpected token in "dear diary"'), 'SyntaxError'],
    ['a string', 'A string was thrown.'],
  ])('%s', (error, reason) => expect(reasonOf(error)).toBe(reason))

  test('is cut', () => expect(reasonOf(new Error('x'.repeat(1_000)))).toHaveLength(300))
})

describe('the size of a message', () => {
  test('counts UTF-8 and headers, and leaves the reserve free', () => {
    expect(messageBytes('🌙', { ab: 'c' })).toBe(4 + 2 + 1 + 4)
    expect(() => checkPayload('It', 'x'.repeat(1024 * 1024 - reservedBytes), {})).not.toThrow()
    expect(() => checkPayload('It', 'x'.repeat(1024 * 1024 - reservedBytes + 1), {})).toThrow(/busBytes/)
  })
})

describe('the reply subject of a delivery', () => {
  test.each([
    ['$JS.ACK.LUNA_EVENTS.c.3.17.9.1795223309982701093.1', { stream: 'LUNA_EVENTS', attempt: 3, streamSequence: 17 }],
    [
      '$JS.ACK._.hash.LUNA_EVENTS.c.3.17.9.1795223309982701093.1.token',
      { stream: 'LUNA_EVENTS', attempt: 3, streamSequence: 17 },
    ],
    ['_INBOX.abc', null],
    [undefined, null],
  ])('%s', (reply, info) => expect(parseDelivery(reply)).toEqual(info))
})
