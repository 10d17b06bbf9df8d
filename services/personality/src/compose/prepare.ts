import type { CharacterSheet } from '@luna/contracts'
import { type CardDocument, isObject } from '../cards/card.ts'
import { sheetOf } from '../cards/sheet.ts'
import { bookOf } from '../catalogue/document.ts'
import type { LoreBook } from '../lore/entry.ts'
import { type PreparedEntry, prepareEntries } from '../lore/match.ts'
import { normaliseBook } from '../lore/normalise.ts'

export interface PreparedBook {
  readonly book: Omit<LoreBook, 'entries'>
  readonly entries: readonly PreparedEntry[]
}

/** A character read from its card once, ready for any number of prompts. */
export interface PreparedCharacter {
  readonly id: string
  readonly slug: string
  readonly version: number
  readonly sheet: CharacterSheet
  readonly book: PreparedBook | null
  /** SillyTavern's character note: stands so many messages from the end. */
  readonly depthPrompt: { text: string; depth: number; role: 'system' | 'user' | 'assistant' } | null
}

export async function prepareBook(body: Record<string, unknown>, prefix: string): Promise<PreparedBook> {
  const { entries, ...book } = normaliseBook(body, prefix)
  return { book, entries: await prepareEntries(entries) }
}

export async function prepareCharacter(source: {
  id: string
  version: number
  document: { slug: string; card: CardDocument }
}): Promise<PreparedCharacter> {
  const { card, slug } = source.document
  const book = bookOf(card)
  return {
    id: source.id,
    slug,
    version: source.version,
    sheet: sheetOf(card),
    book: book ? await prepareBook(book, 'c') : null,
    depthPrompt: depthPromptOf(card),
  }
}

function depthPromptOf({ data }: CardDocument): PreparedCharacter['depthPrompt'] {
  const extensions = isObject(data['extensions']) ? data['extensions'] : {}
  const note = isObject(extensions['depth_prompt']) ? extensions['depth_prompt'] : {}
  const text = note['prompt']
  if (typeof text !== 'string' || text.trim() === '') return null
  const depth = typeof note['depth'] === 'number' && note['depth'] >= 0 ? Math.min(1_000, Math.floor(note['depth'])) : 4
  const role = note['role'] === 'user' || note['role'] === 'assistant' ? note['role'] : 'system'
  return { text, depth, role }
}
