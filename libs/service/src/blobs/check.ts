import { LunaError } from '@luna/contracts'
import type { BlobBody, PutOptions } from './types.ts'

const longestKey = 512
const segment = /^[a-z0-9][a-z0-9._-]{0,127}$/
const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}(; ?[a-z0-9-]+=[a-z0-9"._-]+)*$/i

/**
 * Keys are lower-case segments of [a-z0-9._-] joined by `/`, none of which starts with a dot: the same on every file system
 * and in every bucket, and nothing that walks out of a folder.
 * @throws LunaError `invalid`
 */
export function checkKey(key: string): string {
  if (key.length > longestKey) throw badKey(`it has ${key.length} characters, at most ${longestKey} are allowed`)
  for (const part of key.split('/'))
    if (!segment.test(part)) throw badKey(`the part ${JSON.stringify(part.slice(0, 40))} is not allowed`)
  return key
}

/** @throws LunaError `invalid` unless the prefix is empty or a key followed by `/`. */
export function checkPrefix(prefix: string): string {
  if (prefix === '') return prefix
  if (!prefix.endsWith('/')) throw badKey('a prefix ends with "/", so that "a/1/" never means "a/10/"')
  checkKey(prefix.slice(0, -1))
  return prefix
}

/** @throws LunaError `invalid` for what would delete everything. */
export function checkDeletable(prefix: string): string {
  if (prefix === '') throw badKey('deleting everything needs a prefix')
  return checkPrefix(prefix)
}

/** @throws LunaError `invalid` */
export function checkType(type: string): string {
  if (type.length > 200 || !mediaType.test(type))
    throw new LunaError('invalid', 'A blob needs a media type such as "image/png".', {
      details: { type: type.slice(0, 200) },
    })
  return type
}

/** The body as chunks; rejects with `too-large` at the first byte over the limit. */
export async function* limited(body: BlobBody, limit: number): AsyncGenerator<Uint8Array, undefined> {
  let bytes = 0
  for await (const chunk of body instanceof Uint8Array ? [body] : body) {
    bytes += chunk.byteLength
    if (bytes > limit)
      throw new LunaError('too-large', `The file is larger than ${limit} bytes; send a smaller one.`, {
        details: { limit },
      })
    yield chunk
  }
}

export const limitOf = (options: PutOptions, maxBytes: number): number =>
  Math.min(options.maxBytes ?? maxBytes, maxBytes)

const badKey = (why: string): LunaError => new LunaError('invalid', `Not a blob key: ${why}.`)
