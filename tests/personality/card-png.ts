import { crc32 } from 'node:zlib'

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** A picture of one pixel with a card in it, as another tool would write it. */
export function cardPng(card: unknown, pixels: Uint8Array): Buffer {
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  const text = Buffer.from(`chara\0${Buffer.from(JSON.stringify(card)).toString('base64')}`, 'latin1')
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('tEXt', text),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The cards in the text chunks of a picture, by their keyword; strict, as a reader that trusts lengths. */
export function cardsOf(png: Buffer): Record<string, unknown> {
  const cards: Record<string, unknown> = {}
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + length)
    if (png.readUInt32BE(at + 8 + length) !== crc32(png.subarray(at + 4, at + 8 + length)))
      throw new Error(`wrong checksum of ${type}`)
    if (type === 'tEXt') {
      const zero = data.indexOf(0)
      cards[data.toString('latin1', 0, zero)] = JSON.parse(
        Buffer.from(data.toString('latin1', zero + 1), 'base64').toString('utf8'),
      )
    }
    at += length + 12
  }
  return cards
}
