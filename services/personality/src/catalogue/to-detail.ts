import type { CharacterDetail, CharacterSheet } from '@luna/contracts'
import { sheetOf } from '../cards/sheet.ts'
import { bookOf, headOf, toCharacter } from './document.ts'
import type { StoredCharacter } from './store.ts'

/** The sheet at most, in characters: an answer on the bus has a limit. A longer one is still composed and exported whole. */
const most = 600_000

/** A character as its reader may see it: everybody who may talk to it sees the sheet, as with every card that is shared. */
export function toDetail(stored: StoredCharacter, readerId: string | null): CharacterDetail {
  const { document } = stored
  const sheet = sheetOf(document.card)
  const entries = bookOf(document.card)?.['entries']
  return {
    ...toCharacter(stored, headOf(document)),
    sheet: shortened(sheet),
    own: stored.ownerId !== null && stored.ownerId === readerId,
    builtIn: stored.builtIn,
    language: sheet.language,
    loreEntries: Array.isArray(entries) ? entries.length : 0,
    createdAt: stored.createdAt.toISOString(),
    updatedAt: stored.updatedAt.toISOString(),
  }
}

/** Leaves out the longest fields until the rest fits; a missing field means unchanged. */
function shortened(sheet: CharacterSheet): Partial<CharacterSheet> {
  let size = JSON.stringify(sheet).length
  if (size <= most) return sheet
  const kept: Record<string, unknown> = { ...sheet }
  const sizes = Object.entries(sheet).map(([name, value]) => [name, JSON.stringify(value).length] as const)
  for (const [name, length] of sizes.toSorted((a, b) => b[1] - a[1])) {
    if (size <= most) break
    delete kept[name]
    size -= length
  }
  return kept
}
