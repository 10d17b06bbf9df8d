import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Matcher, ruleSet } from './matcher.ts'

const set = ruleSet([
  { id: 'kill', pattern: 'kill (myself|my self) now?' },
  { id: 'suicide', pattern: 'suicid*' },
  { id: 'between', pattern: 'make ~2 bomb' },
  { id: 'short', pattern: 'die' },
  { id: 'optional-first', pattern: 'really? want to' },
  { id: 'german', pattern: 'möchte sterben' },
  { id: 'russian', pattern: 'хочу умереть' },
  { id: 'touching', pattern: 'go die' },
  { id: 'japanese', pattern: '死に(たい|たく)' },
  { id: 'chinese', pattern: '没~1意思' },
])
const find = (text: string) => set.find(text).map(({ rule, start, end }) => [rule.id, text.slice(start, end)])

const matchesOf = (parts: string[]) => {
  const matches: unknown[] = []
  const matcher = new Matcher(set.tables, (...match) => matches.push(match))
  for (const part of parts) matcher.push(part)
  matcher.finish()
  return matches
}

describe('what a pattern finds', { timeout: 60_000 }, () => {
  it.each([
    ['I will kill myself.', 'kill', 'kill myself'],
    ['kill my self now', 'kill', 'kill my self now'],
    ['killmyself', 'kill', 'killmyself'],
    ['KILL, MYSELF', 'kill', 'KILL, MYSELF'],
    ['kiiilll myselfff', 'kill', 'kiiilll myselfff'],
    ['k1ll my5elf', 'kill', 'k1ll my5elf'],
    ['ki11 myself', 'kill', 'ki11 myself'],
    ['k*ll myself', 'kill', 'k*ll myself'],
    ['ｋｉｌｌ ｍｙｓｅｌｆ', 'kill', 'ｋｉｌｌ ｍｙｓｅｌｆ'],
    ['𝓀𝒾𝓁𝓁 𝓂𝓎𝓈ℯ𝓁𝒻', 'kill', '𝓀𝒾𝓁𝓁 𝓂𝓎𝓈ℯ𝓁𝒻'],
    ['k\u200bi\u200bl\u200bl my\u00adself', 'kill', 'k\u200bi\u200bl\u200bl my\u00adself'],
    ['kíĺl mýself', 'kill', 'kíĺl mýself'],
    ['кіll mуsеlf', 'kill', 'кіll mуsеlf'],
    ['k i l l  m y s e l f', 'kill', 'k i l l  m y s e l f'],
    ['k.i.l.l m.y.s.e.l.f', 'kill', 'k.i.l.l m.y.s.e.l.f'],
    ['s-u-i-c-i-d-e', 'suicide', 's-u-i-c-i-d-e'],
    ['su-ici.dal', 'suicide', 'su-ici.dal'],
    ['suicidality', 'suicide', 'suicidality'],
    ['d i e', 'short', 'd i e'],
    ['make a big bomb', 'between', 'make a big bomb'],
    ['want to', 'optional-first', 'want to'],
    ['Ich MOCHTE sterben', 'german', 'MOCHTE sterben'],
    ['xочу умереть', 'russian', 'xочу умереть'],
    ['もう死 に たい', 'japanese', '死 に たい'],
    ['シニたい死ニタイ', 'japanese', '死ニタイ'],
    ['沒什意思', 'chinese', '沒什意思'],
  ])('%s', (text, rule, found) => expect(find(text)).toContainEqual([rule, found]))

  it.each([
    'skill myself',
    'kill myselfish',
    'diet',
    'studied',
    'make the very big bomb',
    'goodie-bag',
    'kil myself',
    'no d',
    't h e r a p y',
    'the skilled i e',
    '死ぬ',
  ])('and not %j', text => expect(find(text)).toEqual([]))

  it('is the same however the text is cut', () => {
    const pieces = constantFrom(
      'kill ',
      'my',
      'self',
      ' ',
      'k i l l ',
      '.',
      's.u.i',
      'cide',
      'd',
      'ie',
      '😀',
      '\ud83d',
      '死',
      'に',
      'たい',
      'want',
      '\n',
      'make a ',
      'bomb',
      '\u200b',
      'ß',
    )
    assert(
      property(array(pieces, { maxLength: 30 }), text => {
        const joined = text.join('')
        expect(matchesOf(text)).toEqual(matchesOf([joined]))
        expect(matchesOf(joined.split(''))).toEqual(matchesOf([joined]))
      }),
    )
  })

  it('ends on 100,000 characters made to be slow', () => {
    for (const part of ['a ', 'd i e ', 'kill ', 'k', 'make a ', '\u0301', '死に'])
      expect(set.find(part.repeat(100_000 / part.length)).length).toBeLessThan(50_000)
  })

  it('takes any text', () => {
    assert(property(string({ unit: 'binary' }), text => void set.find(text)))
  })
})

describe('a pattern', () => {
  it.each([
    ['(a|b', /not closed/],
    ['a)', /unexpected "\)"/],
    ['()', /empty/],
    ['a? ~2', /matches nothing/],
    ['~', /needs a number/],
    ['word 死', /two rules/],
  ])('%s is refused', (pattern, message) => expect(() => ruleSet([{ id: 'x', pattern }]).find('')).toThrow(message))

  it('has an id of its own', () =>
    expect(() =>
      ruleSet([
        { id: 'x', pattern: 'a' },
        { id: 'x', pattern: 'b' },
      ]),
    ).toThrow(/"x"/))
})
