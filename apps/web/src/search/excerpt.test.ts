import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { excerpt } from './excerpt.ts'

const said = (text: string, query: string) =>
  excerpt(text, query)
    .map(piece => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('')

it('shows what was found within its surroundings', () => {
  expect(said('I planted a lemon tree', 'LEMON')).toBe('I planted a [lemon] tree')
  expect(said(`${'a '.repeat(100)}lemon${' b'.repeat(200)}`, 'lemon')).toMatch(/^…[a ]+\[lemon\][b ]+…$/)
})

it('shows the beginning when only a stem was found', () => {
  expect(said('We were running', 'ran')).toBe('We were running')
})

it('takes any query as plain text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, query) => {
      expect(excerpt(text, query).every(piece => piece.text !== '')).toBe(true)
    }),
  )
})
