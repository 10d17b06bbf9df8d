import { LunaError } from '@luna/contracts'
import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataKeyFrom, generateDataKey, open, openText, seal } from './sealing.ts'

function faultOf(attempt: () => unknown): LunaError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof LunaError) return error
    throw error
  }
  throw new Error('it opened')
}

const key = dataKeyFrom(generateDataKey())

describe('sealing', () => {
  it('opens what it sealed, whatever text and context', () => {
    assert(
      property(string({ unit: 'grapheme' }), string(), (text, context) => {
        expect(openText(key, seal(key, text, context), context)).toBe(text)
      }),
    )
  })

  it('keeps bytes as they are', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    expect(Uint8Array.from(open(key, seal(key, bytes, 'c'), 'c'))).toEqual(bytes)
  })

  it('has the layout that its docstring promises', () => {
    const sealed = seal(key, 'twelve bytes', 'c')
    expect(sealed[0]).toBe(1)
    expect(sealed.byteLength).toBe(1 + 12 + 12 + 16)
  })

  it('never uses a nonce twice: equal texts look different', () => {
    const nonces = Array.from({ length: 500 }, () => seal(key, 'same', 'c').subarray(1, 13).toString('hex'))
    expect(new Set(nonces).size).toBe(500)
  })

  it('does not open with any bit changed, cut short, in another context or with another key; one message for all', () => {
    const sealed = seal(key, 'a secret', 'row-1')
    const changed = Array.from({ length: sealed.byteLength * 8 }, (_, bit) => {
      const copy = Buffer.from(sealed)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return () => open(key, copy, 'row-1')
    })
    const messages = [
      ...changed,
      ...Array.from({ length: sealed.byteLength }, (_, length) => () => open(key, sealed.subarray(0, length), 'row-1')),
      () => open(key, sealed, 'row-2'),
      () => open(dataKeyFrom(generateDataKey()), sealed, 'row-1'),
    ].map(faultOf)
    expect(new Set(messages.map(fault => JSON.stringify(fault.toBody()))).size).toBe(1)
    for (const fault of messages) expect([fault.cause, fault.details]).toEqual([undefined, undefined])
    expect(messages[0]?.message).not.toContain('secret')
  })

  it('says how many bytes a key needs, and does not print it', () => {
    expect(() => dataKeyFrom(new Uint8Array(16))).toThrow(/32 bytes, found 16/)
    expect(JSON.stringify(dataKeyFrom(Buffer.alloc(32, 65)))).toBe('{}')
  })
})
