import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expandMacros, type MacroValues } from './expand.ts'

const values: MacroValues = {
  char: 'Win',
  user: 'Ada',
  persona: 'a sailor',
  description: '{{description}} again',
  personality: 'dry',
  scenario: 'at sea',
  exampleDialogue: '',
  lastMessage: 'Ahoy',
  original: '',
  now: new Date('2026-11-21T04:05:00Z'),
  seed: 's',
}
const expand = (text: string) => expandMacros(text, values)

test.each([
  ['{{char}} and {{ USER }}, <BOT> and <user>', 'Win and Ada, Win and Ada'],
  ['{{reverse:{{char}}}}', 'niW'],
  ['a{{// not said }}b{{comment: x}}', 'ab'],
  ['{{setvar::x::{{user}}}}{{getvar::x}}', 'Ada'],
  ['a {{trim}} b', 'ab'],
  ['{{date}} {{time}} {{weekday}}', '2026-11-21 04:05 Saturday'],
  ['{{unknown}} {{', '{{unknown}} {{'],
  ['{{random::one}}{{pick: two}}', 'onetwo'],
])('%s', (text, value) => {
  expect(expand(text)).toBe(value)
})

test('lots depend on the seed alone', () => {
  const text = '{{random:a,b,c,d}}{{roll:3d6}}{{random::x::y}}'
  expect(expand(text)).toBe(expand(text))
  expect(
    new Set(Array.from({ length: 20 }, (_, n) => expandMacros(text, { ...values, seed: `s${n}` }))).size,
  ).toBeGreaterThan(5)
})

test('whatever is written ends, and stays within bounds', () => {
  expect(expand('{{description}}')).toContain('again')
  const bomb = { ...values, description: '{{description}}{{description}}{{description}}' }
  expect(expandMacros('{{description}}', bomb).length).toBeLessThanOrEqual(64_000)
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '{{',
          '}}',
          'char',
          'random:',
          ',',
          '::',
          'reverse:',
          'description',
          ' ',
          'setvar::a::',
          '<USER>',
        ),
        { maxLength: 60 },
      ),
      parts => {
        expect(expandMacros(parts.join(''), bomb).length).toBeLessThanOrEqual(64_000)
      },
    ),
    { numRuns: 300 },
  )
})
