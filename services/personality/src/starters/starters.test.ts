import { characterSheet } from '@luna/contracts'
import { expect, test } from 'vitest'
import { newCard, sheetOf } from '../cards/sheet.ts'
import { normaliseBook } from '../lore/normalise.ts'
import { starters } from './index.ts'

test.each(starters.map(starter => [starter.slug, starter] as const))(
  '%s is whole and fits the sheet',
  (_slug, { sheet, lorebook }) => {
    const whole = sheetOf(newCard(sheet))
    expect(characterSheet.parse(whole)).toEqual(whole)
    expect(whole).toMatchObject(sheet)
    for (const field of ['description', 'personality', 'greeting', 'creatorNotes'] as const)
      expect(whole[field]).not.toBe('')
    if (lorebook)
      expect(normaliseBook(lorebook, 'c').entries.every(({ keys, content }) => keys.length > 0 && content !== '')).toBe(
        true,
      )
  },
)

test('there are a dozen besides Luna, each with an id and a slug of its own, in several languages', () => {
  expect(starters).toHaveLength(13)
  for (const part of ['id', 'slug'] as const) expect(new Set(starters.map(starter => starter[part])).size).toBe(13)
  expect(new Set(starters.map(({ sheet }) => sheet.language)).size).toBeGreaterThanOrEqual(6)
  expect(starters.filter(({ sheet }) => sheet.profile).length).toBeGreaterThanOrEqual(4)
  expect(starters.find(({ slug }) => slug === 'the-lamplighter')?.sheet.endings).toHaveLength(3)
})
