import type { JournalEntry } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { JournalTable } from '../db/tables.ts'

/** What of an entry is personal text. */
const entryBody = z.object({ text: z.string(), tags: z.array(z.string()), prompt: z.string().nullable() })
export type EntryBody = z.infer<typeof entryBody>

const place = (id: string): string => `memory.journal.body:${id}`

export const sealEntry = (key: PersonKey, id: string, body: EntryBody): Buffer => key.sealJson(body, place(id))
export const openEntry = (key: PersonKey, id: string, sealed: Uint8Array): EntryBody =>
  entryBody.parse(key.openJson(sealed, place(id)))

export function toEntry(row: Selectable<JournalTable>, key: PersonKey): JournalEntry {
  const { text, tags, prompt } = openEntry(key, row.id, row.body)
  return {
    id: row.id,
    text,
    ...(row.mood === null ? {} : { mood: row.mood }),
    tags,
    ...(prompt === null ? {} : { prompt }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
  }
}
