import { describe, expect, it } from 'vitest'
import {
  databasePassword,
  generateMasterKey,
  parseMasterKey,
  parseMasterKeyRing,
  tokenSigningSeed,
} from './master-key.ts'
import { generateDataKey } from './sealing.ts'
import { unwrapDataKey, wrapDataKey } from './wrapping.ts'

const bytes = Buffer.from('00112233445566778899aabbccddeeff0102030405060708090a0b0c0d0e0f10', 'hex')

describe('LUNA_MASTER_KEY', () => {
  it('is one key however its 32 bytes are written', () => {
    const forms = [
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ]
    const ids = forms.map(form => parseMasterKey(` ${form}\n`).id)
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^[0-9a-f]{16}$/)
  })

  it('may be a passphrase, the same key each time', () => {
    const phrase = 'correct horse battery staple'
    expect(parseMasterKey(phrase).id).toBe(parseMasterKey(phrase).id)
    expect(parseMasterKey(phrase).id).not.toBe(parseMasterKey(`${phrase}r`).id)
  })

  it.each([
    ['', /LUNA_MASTER_KEY is too weak: it has 0 characters.*openssl rand/],
    ['short-secret', /it has 12 characters, a passphrase needs 16/],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', /only 1 of its characters differ/],
    ['0'.repeat(64), /its 32 bytes hardly differ/],
  ])('refuses %j and says why without repeating it', (text, message) => {
    expect(() => parseMasterKey(text)).toThrow(message)
    expect(() => parseMasterKey(text)).not.toThrow(new RegExp(text || 'undefined'))
  })

  it('names the previous one when that is at fault', () => {
    expect(() => parseMasterKeyRing(generateMasterKey(), 'x')).toThrow(/LUNA_MASTER_KEY_PREVIOUS/)
    expect(parseMasterKeyRing(generateMasterKey(), ' ').previous).toBeNull()
  })

  it('gives secrets that differ by purpose and stay the same for a key', () => {
    const key = parseMasterKey(bytes.toString('hex'))
    const all = [
      tokenSigningSeed(key).toString('base64url'),
      databasePassword(key, 'chat'),
      databasePassword(key, 'memory'),
    ]
    expect(new Set(all).size).toBe(3)
    expect(databasePassword(parseMasterKey(bytes.toString('base64')), 'chat')).toBe(all[1])
    expect(tokenSigningSeed(key)).toHaveLength(32)
  })
})

describe('a wrapped data key', () => {
  const [old, fresh] = [generateMasterKey(), generateMasterKey()]
  const dataKey = generateDataKey()
  const wrapped = wrapDataKey(parseMasterKeyRing(old), 'person-1', dataKey)

  it('opens for its owner only', () => {
    expect(unwrapDataKey(parseMasterKeyRing(old), 'person-1', wrapped)).toEqual({ key: dataKey, outdated: false })
    expect(() => unwrapDataKey(parseMasterKeyRing(old), 'person-2', wrapped)).toThrow(/does not open/)
  })

  it('outlives a change of the master key: opened by the previous, wrapped again by the new, then free of the old', () => {
    const both = parseMasterKeyRing(fresh, old)
    const opened = unwrapDataKey(both, 'person-1', wrapped)
    expect(opened).toEqual({ key: dataKey, outdated: true })
    const again = wrapDataKey(both, 'person-1', opened.key)
    expect(unwrapDataKey(parseMasterKeyRing(fresh), 'person-1', again)).toEqual({ key: dataKey, outdated: false })
  })

  it('says which master key is missing', () => {
    const id = parseMasterKey(old).id
    expect(() => unwrapDataKey(parseMasterKeyRing(fresh), 'person-1', wrapped)).toThrow(
      new RegExp(`wrapped with master key ${id}.*LUNA_MASTER_KEY_PREVIOUS is not set`),
    )
  })
})
