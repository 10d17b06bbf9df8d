import { describe, expect, it } from 'vitest'
import { isIban, passesLuhn } from './checksums.ts'
import { findPersonalData, mask } from './find.ts'

const data: [string, string][] = [
  ['write to anna.b+x@mail.example.co.uk please', 'write to [email] please'],
  ['<jörg@bücher.example>', '<[email]>'],
  ['call +49 30 901820 today', 'call [phone] today'],
  ['(555) 123-4567 or 555-123-4567', '[phone] or [phone]'],
  ['ruf 030 / 9018 2030 an', 'ruf [phone] an'],
  ['0044 20 7946 0958', '[phone]'],
  ['IBAN DE89 3704 0044 0532 0130 00.', 'IBAN [iban].'],
  ['GB29NWBK60161331926819', '[iban]'],
  ['card 4111 1111 1111 1111, exp 12/27', 'card [card], exp 12/27'],
  ['amex 378282246310005', 'amex [card]'],
  ['from 192.168.10.254:8080', 'from [ip]:8080'],
  ['at 2001:db8::ff00:42:8329 now', 'at [ip] now'],
]
const harmless = [
  'on 2026-11-21 at 10:15:30, room 1205',
  'order 4111 1111 1111 1112',
  'DE89 3704 0044 0532 0130 01',
  'version 1.2.3.400',
  'pi is 3.14159265358979',
  'id 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  '€ 1,234,567.89',
  'user@localhost',
  '@handle',
  '12:30',
  '1 2 3 4 5 6 7',
  'in 1939-1945',
  'ISBN 978-3-16-148410-0',
  '1234567890123456',
  '10000000000',
  'std::vector::size',
  'a@b',
]

describe('personal data', () => {
  it.each(data)('%s', (text, masked) => expect(mask(text)).toBe(masked))
  it('leaves look-alikes alone', () => {
    const wrong = harmless.filter(text => mask(text) !== text)
    process.stdout.write(`personal data, false alarms: ${wrong.length} of ${harmless.length}\n`)
    expect(wrong).toEqual([])
  })
  it('gives kinds and spans in order', () =>
    expect(findPersonalData('a@b.example, 8.8.8.8')).toEqual([
      { kind: 'email', span: [0, 11] },
      { kind: 'ip', span: [13, 20] },
    ]))
  it('ends on 100,000 characters made to be slow', () => {
    for (const part of ['1', '1 ', 'a@', 'a.', 'DE89 ', '1:', '+1-', '(0)', 'a@a.a.'])
      expect(mask(part.repeat(100_000 / part.length)).length).toBeGreaterThan(0)
  })
})

describe('checksums', () => {
  it('tell a digit that was changed', () => {
    expect(passesLuhn('79927398713')).toBe(true)
    for (const digit of '012456789') expect(passesLuhn(`7992739871${digit}`)).toBe(false)
    expect(isIban('FR14 2004 1010 0505 0001 3M02 606')).toBe(true)
    expect(isIban('FR14 2004 1010 0505 0001 3M02 607')).toBe(false)
    expect(isIban('DE8937040044053201300')).toBe(false)
  })
})
