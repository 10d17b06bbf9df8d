import { LunaError } from '@luna/contracts'
import { checkKey, checkPrefix } from './check.ts'
import type { Blobs } from './types.ts'

/** The part of a store that one service owns: the same port, whose keys all lie under `<owner>/` and never show it. */
export function withPrefix(blobs: Blobs, owner: string): Blobs {
  const inside = `${checkKey(owner)}/`
  const key = (own: string) => inside + checkKey(own)
  const bare = <Entry extends { key: string }>(entry: Entry): Entry => ({
    ...entry,
    key: entry.key.slice(inside.length),
  })
  return {
    put: async (own, body, options) => bare(await blobs.put(key(own), body, options)),
    async get(own) {
      const found = await blobs.get(key(own))
      return found && bare(found)
    },
    async head(own) {
      const found = await blobs.head(key(own))
      return found && bare(found)
    },
    delete: async own => blobs.delete(key(own)),
    async deletePrefix(prefix) {
      if (prefix === '') throw new LunaError('invalid', 'Deleting everything needs a prefix.')
      return blobs.deletePrefix(inside + checkPrefix(prefix))
    },
    async *list(prefix) {
      for await (const entry of blobs.list(inside + checkPrefix(prefix))) yield bare(entry)
    },
  }
}
