import type { CharacterSheet } from '@luna/contracts'
import { sheetOf } from '../cards/sheet.ts'
import { bookOf, type CharacterDocument } from './document.ts'

export interface FieldChange {
  field: string
  before: unknown
  after: unknown
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What differs between two documents: the fields of the sheet, then lorebook, picture, and the rest of the card. */
export function diff(before: CharacterDocument, after: CharacterDocument): FieldChange[] {
  const [one, other] = [sheetOf(before.card), sheetOf(after.card)]
  const changes: FieldChange[] = (Object.keys(one) as (keyof CharacterSheet)[])
    .filter(field => !same(one[field], other[field]))
    .map(field => ({ field, before: one[field], after: other[field] }))
  const count = (document: CharacterDocument): number => {
    const entries = bookOf(document.card)?.['entries']
    return Array.isArray(entries) ? entries.length : 0
  }
  if (!same(bookOf(before.card), bookOf(after.card)))
    changes.push({ field: 'lorebook', before: `${count(before)} entries`, after: `${count(after)} entries` })
  if (before.image?.hash !== after.image?.hash)
    changes.push({ field: 'avatar', before: before.image?.hash ?? null, after: after.image?.hash ?? null })
  if (changes.length === 0 && !same(before.card, after.card)) changes.push({ field: 'card', before: null, after: null })
  return changes
}

export const changedFields = (before: CharacterDocument, after: CharacterDocument): string[] =>
  diff(before, after).map(({ field }) => field)
