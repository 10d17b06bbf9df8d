import { createHash } from 'node:crypto'

/** A unit vector of hashed words: the same text always gives the same one, texts that share words lie near each other. */
export function hashedEmbedding(text: string, dimensions = 64): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    const digest = createHash('sha1').update(word).digest()
    const slot = digest.readUInt32LE(0) % dimensions
    vector[slot] = (vector[slot] ?? 0) + (digest[4]! & 1 ? 1 : -1)
  }
  const length = Math.hypot(...vector)
  return length === 0 ? vector.map((_, i) => (i === 0 ? 1 : 0)) : vector.map(x => x / length)
}
