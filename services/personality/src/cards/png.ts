import { crc32, inflateSync } from 'node:zlib'

/** One chunk of a PNG or APNG (PNG 3rd edition, section 5.3). */
export interface PngChunk {
  readonly type: string
  readonly data: Uint8Array
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const mostChunks = 20_000
const mostInflated = 16 * 1024 * 1024

export const isPng = (bytes: Uint8Array): boolean => signature.every((byte, index) => bytes[index] === byte)

/**
 * The chunks of a PNG, leniently: a wrong CRC is passed over, a chunk that claims more than there is gets what there is,
 * rubbish behind the last whole chunk is dropped. Never throws, and reads each byte at most once.
 */
export function readChunks(bytes: Uint8Array): { chunks: PngChunk[]; warnings: string[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: PngChunk[] = []
  const warnings = new Set<string>()
  let at = signature.length
  while (at + 8 <= bytes.length && chunks.length < mostChunks) {
    const length = view.getUint32(at)
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    if (!/^[A-Za-z]{4}$/.test(type)) {
      warnings.add('The picture has bytes between its chunks that belong to none; they were dropped.')
      break
    }
    const end = Math.min(at + 8 + length, bytes.length)
    const data = bytes.subarray(at + 8, end)
    chunks.push({ type, data })
    if (at + 8 + length > bytes.length) {
      warnings.add('The picture is cut off; its last chunk holds what there was.')
      break
    }
    if (end + 4 > bytes.length) warnings.add('The picture is cut off behind its last chunk.')
    else if (view.getUint32(end) !== crcOf(bytes.subarray(at + 4, end)))
      warnings.add('A chunk of the picture has a wrong checksum; it was read all the same.')
    at = end + 4
    if (type === 'IEND') break
  }
  return { chunks, warnings: [...warnings] }
}

const crcOf = (bytes: Uint8Array): number => crc32(bytes)

/** The bytes of a PNG with right lengths and checksums. */
export function writeChunks(chunks: readonly PngChunk[]): Buffer {
  const parts: Uint8Array[] = [signature]
  for (const { type, data } of chunks) {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(data.length, 0)
    head.write(type, 4, 'latin1')
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0)
    parts.push(head, data, tail)
  }
  return Buffer.concat(parts)
}

export interface PngText {
  readonly keyword: string
  readonly value: Uint8Array
}

/** Keyword and bytes of a tEXt, zTXt or iTXt chunk; null for any other chunk, or one that cannot be read. */
export function readText({ type, data }: PngChunk): PngText | null {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return null
  const zero = data.indexOf(0)
  if (zero < 1 || zero > 1_000) return null
  const keyword = Buffer.from(data.subarray(0, zero)).toString('latin1')
  if (type === 'tEXt') return { keyword, value: data.subarray(zero + 1) }
  if (type === 'zTXt') return inflated(keyword, data.subarray(zero + 2))
  const compressed = data[zero + 1] === 1
  const afterLanguage = data.indexOf(0, zero + 3)
  const afterTranslated = afterLanguage < 0 ? -1 : data.indexOf(0, afterLanguage + 1)
  if (afterTranslated < 0) return null
  const value = data.subarray(afterTranslated + 1)
  return compressed ? inflated(keyword, value) : { keyword, value }
}

function inflated(keyword: string, value: Uint8Array): PngText | null {
  try {
    return { keyword, value: inflateSync(value, { maxOutputLength: mostInflated }) }
  } catch {
    return null
  }
}

export const textChunk = (keyword: string, value: string | Uint8Array): PngChunk => ({
  type: 'tEXt',
  data: Buffer.concat([
    Buffer.from(keyword, 'latin1'),
    Buffer.of(0),
    typeof value === 'string' ? Buffer.from(value, 'latin1') : value,
  ]),
})
