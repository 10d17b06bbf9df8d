import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { StoredFile } from '../catalogue/document.ts'
import type { PersonalityContext } from '../context.ts'

/** The files of one character in the blob port, each under the hash of its bytes. */
export interface CharacterFiles {
  put(bytes: Uint8Array, type: string): Promise<StoredFile>
  /** Null when it is gone. */
  read(file: Pick<StoredFile, 'hash'>): Promise<Buffer | null>
  /** The picture for display, and where it is kept. */
  readDisplay(hash: string): Promise<Buffer | null>
  putDisplay(hash: string, webp: Uint8Array): Promise<void>
  removeAll(): Promise<number>
}

export const prefixOf = (ownerId: string): string => `p/${ownerId}/`

export function filesOf(
  { blobs }: Pick<PersonalityContext, 'blobs'>,
  ownerId: string,
  characterId: string,
): CharacterFiles {
  const prefix = `${prefixOf(ownerId)}c/${characterId}/`
  const read = async (key: string): Promise<Buffer | null> => {
    const blob = await blobs.get(key)
    return blob ? buffer(blob.body) : null
  }
  return {
    async put(bytes, type) {
      const hash = createHash('sha256').update(bytes).digest('hex')
      const key = `${prefix}${hash}`
      if (!(await blobs.head(key))) await blobs.put(key, bytes, { type })
      return { hash, bytes: bytes.length }
    },
    read: ({ hash }) => read(`${prefix}${hash}`),
    readDisplay: hash => read(`${prefix}${hash}.webp`),
    putDisplay: async (hash, webp) => void (await blobs.put(`${prefix}${hash}.webp`, webp, { type: 'image/webp' })),
    removeAll: () => blobs.deletePrefix(prefix),
  }
}
