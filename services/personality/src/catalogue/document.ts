import type { Character, CharacterSheet } from '@luna/contracts'
import { type CardDocument, isObject, type Json } from '../cards/card.ts'
import { sheetOf } from '../cards/sheet.ts'

/** A stored file of a character: content-addressed, below the character's prefix in the blob port. */
export interface StoredFile {
  readonly hash: string
  readonly bytes: number
}

/** Everything of a character in one place; a version is one of these. */
export interface CharacterDocument {
  readonly slug: string
  readonly card: CardDocument
  /** The picture as it came, without the card in it. */
  readonly image: StoredFile | null
  /** Assets by their path in the archive. */
  readonly files: Readonly<Record<string, StoredFile>>
  /** The file that it was read from, whole. */
  readonly original: (StoredFile & { name: string }) | null
}

/** What a list shows, apart from what columns say. */
export interface CharacterHead {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly greeting: string
  readonly tags: readonly string[]
}

const blurbLength = 400
const greetingLength = 1_500

/** The text for a gallery: what the author says of it, else how it begins. */
export function blurbOf({ creatorNotes, description, personality }: CharacterSheet): string {
  const text = (creatorNotes || description || personality).replaceAll(/\s+/g, ' ').trim()
  return text.length <= blurbLength ? text : `${[...text].slice(0, blurbLength - 1).join('')}…`
}

export function headOf({ slug, card }: Pick<CharacterDocument, 'slug' | 'card'>): CharacterHead {
  const sheet = sheetOf(card)
  const greeting = [...sheet.greeting].slice(0, greetingLength).join('')
  return { slug, name: sheet.name, description: blurbOf(sheet), greeting, tags: sheet.tags }
}

/** The lorebook inside the card. */
export const bookOf = ({ data }: CardDocument): Json | null =>
  isObject(data['character_book']) ? data['character_book'] : null

export const withBook = (card: CardDocument, book: Json | null): CardDocument => {
  const { character_book: _book, ...data } = card.data
  return { ...card, data: book ? { ...card.data, character_book: book } : data }
}

/** Words to be found by, from the weightiest: name, tags and traits, what it is, what else it says. */
export function searchTexts({
  slug,
  card,
}: Pick<CharacterDocument, 'slug' | 'card'>): [string, string, string, string] {
  const sheet = sheetOf(card)
  return [
    `${sheet.name} ${sheet.nickname} ${slug}`,
    [...sheet.tags, ...sheet.traits, sheet.creator].join(' '),
    `${blurbOf(sheet)} ${sheet.personality.slice(0, 2_000)}`,
    `${sheet.description.slice(0, 4_000)} ${sheet.scenario.slice(0, 1_500)} ${sheet.backstory.slice(0, 1_500)}`,
  ]
}

export interface ListedRow {
  readonly id: string
  readonly visibility: Character['visibility']
  readonly version: number
  readonly avatar: string | null
}

export const toCharacter = (row: ListedRow, head: CharacterHead): Character => ({
  id: row.id,
  slug: head.slug,
  name: head.name,
  description: head.description,
  ...(head.greeting === '' ? {} : { greeting: head.greeting }),
  visibility: row.visibility,
  tags: [...head.tags],
  ...(row.avatar ? { avatarUrl: `/api/v1/characters/${row.id}/avatar?v=${row.avatar.slice(0, 12)}` } : {}),
  version: row.version,
})
