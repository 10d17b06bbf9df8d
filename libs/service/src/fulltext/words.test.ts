import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from './fold.ts'
import { asked, plainTokens, words } from './words.ts'

describe('fold', () => {
  it.each([
    ['CAFÉ', 'cafe'],
    ['Cafe\u0301', 'cafe'],
    ['ﬁne Ｆｕｌｌ', 'fine full'],
    ['Straße Łódź Ærø İzmir ıssız', 'strasse lodz aero izmir issiz'],
    ['Ёлка', 'елка'],
    ['мой йогурт', 'мой йогурт'],
    ['Ελλάδα', 'ελλαδα'],
    ['شُكْراً أهلا', 'شكرا اهلا'],
    ['שָׁלוֹם', 'שלום'],
    ['मैं हूँ', 'मैं हूँ'],
    ['がぎぐ ｶﾞ', 'がぎぐ ガ'],
    ['한국', '한국'],
    ['zero\u200bwidth\u00ad', 'zerowidth'],
  ])('%s is %s', (text, folded) => expect(fold(text)).toBe(folded))
})

describe('words', () => {
  it.each([
    ['Running runners ran', ['run', 'runner', 'ran']],
    ["Anna's don't I'm", ['anna', 'dont', 'im']],
    ["l’amour d'une qu'elle aujourd'hui", ['amour', 'un', 'ell', 'aujourdhui']],
    ['anna@example.com foo_bar 3.14 2,000', ['anna', 'exampl', 'com', 'foo', 'bar', '3.14', '2,000']],
    ['東京都に', ['東京', '京都', '都に']],
    ['猫 と 犬', ['猫', 'と', '犬']],
    ['학교에서', ['학교', '교에', '에서']],
    ['ฉันรักแมว', ['ฉัน', 'รัก', 'แมว']],
    ['मैं मरना', ['मैं', 'मरना']],
    ['Собаки бегут', ['собаки', 'бегут']],
    ['', []],
    ['🌙 … !!', []],
  ])('of %s', (text, expected) => expect(plainTokens(text)).toEqual(expected))

  it('count positions from 1 and keep the pairs of a run together', () => {
    expect(asked('see 東京都 now').map(({ position, group }) => [position, group])).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 3],
    ])
  })

  it('find a dictionary word of one character inside a run, for the index only', () =>
    expect([...words('我的猫')].map(({ term, position, indexOnly }) => [term, position, indexOnly === true])).toEqual([
      ['我的', 1, false],
      ['的猫', 2, false],
      ['猫', 2, true],
    ]))

  it('are the same in ASCII text that stands beside another script', () => {
    const pieces = constantFrom(
      'a',
      'Bc',
      "don't",
      "l'eau",
      "'",
      '.',
      ',',
      '3',
      '14',
      ' ',
      '-',
      '_',
      ':',
      ';',
      '@',
      '/',
      '\n',
      's',
      "'s",
      'x1',
    )
    assert(
      property(array(pieces, { maxLength: 12 }), parts => {
        const text = parts.join('')
        expect(plainTokens(`${text} 猫`)).toEqual([...plainTokens(text), '猫'])
      }),
      { numRuns: 2000 },
    )
  })

  it('are cut at 64 characters', () => expect(plainTokens('x1'.repeat(500))).toEqual(['x1'.repeat(32)]))
})
