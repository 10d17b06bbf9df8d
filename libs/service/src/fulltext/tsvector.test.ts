import { describe, expect, it } from 'vitest'
import { toTsquery } from './tsquery.ts'
import { toTsvector } from './tsvector.ts'

const asIs = (term: string) => term

describe('toTsvector', () => {
  it('lists each word with its positions', () =>
    expect(toTsvector('to be or not to be', asIs)).toBe("'to':1,5 'be':2,6 'or':3 'not':4"))

  it('is empty for a text without words', () => expect(toTsvector('…!', asIs)).toBe(''))

  it('stays within the bounds of PostgreSQL for the longest message', () => {
    const long = Array.from({ length: 16_000 }, (_, index) => (index % 2 ? 'a' : (index % 5000).toString(36))).join(' ')
    const entries = toTsvector(long, asIs).split(' ')
    expect(entries).toHaveLength(2000)
    for (const entry of entries) {
      const positions = (entry.split(':')[1] ?? '').split(',').map(Number)
      expect(positions.length).toBeLessThanOrEqual(255)
      expect(Math.max(...positions)).toBeLessThanOrEqual(16_383)
    }
  })
})

describe('toTsquery', () => {
  it.each([
    ['walking dogs', "'walk' & 'dog'"],
    ['what is the weather', "'weather'"],
    ['the who', "'the' & 'who'"],
    ['"to be" hamlet', "('to' <-> 'be') & 'hamlet'"],
    ['dog dog', "'dog'"],
    ['東京都', "('東京' <-> '京都')"],
    ['猫', "'猫'"],
    ["a' | b & !c:* <-> (d)", "'b' & 'c' & 'd'"],
  ])('of %s', (text, query) => expect(toTsquery(text, asIs)).toBe(query))

  it('asks for any of the words', () => expect(toTsquery('walking dogs', asIs, 'any')).toBe("'walk' | 'dog'"))

  it('is null without words', () => expect(toTsquery(' "…" !!', asIs)).toBeNull())

  it('has at most 64 words', () => {
    const query = toTsquery(Array.from({ length: 500 }, (_, index) => `w${index}x`).join(' '), asIs)
    expect(query?.split(' & ')).toHaveLength(64)
  })
})
