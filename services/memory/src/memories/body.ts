import type { PersonKey } from '@luna/service'
import { z } from 'zod'

/** What of a memory is personal text. */
export const memoryBody = z.object({
  text: z.string(),
  subject: z.string(),
  predicate: z.string().nullable().default(null),
  entities: z.array(z.string()),
  tags: z.array(z.string()),
})
export type MemoryBody = z.infer<typeof memoryBody>

const place = (id: string): string => `memory.memories.body:${id}`

export const sealBody = (key: PersonKey, id: string, body: MemoryBody): Buffer => key.sealJson(body, place(id))

export const openBody = (key: PersonKey, id: string, sealed: Uint8Array): MemoryBody =>
  memoryBody.parse(key.openJson(sealed, place(id)))
