import { deflateSync } from 'node:zlib'
import { type CardDocument, type CardSpec, isObject, type Json, writeCard } from './card.ts'
import { writeCharx } from './charx.ts'
import { extensionOf, imageTypeOf } from './image.ts'
import { isPng, type PngChunk, readChunks, readText, textChunk, writeChunks } from './png.ts'

const toBase64 = (card: Json): string => Buffer.from(JSON.stringify(card), 'utf8').toString('base64')

/**
 * A PNG with the card in both chunks: `chara` for readers of V2, `ccv3` for those of V3. All other chunks of the picture
 * stay, so an APNG goes on moving.
 * @param image a PNG; a plain one is made where there is none
 * @param spec of one chunk alone, for tools that stumble over the other
 */
export function writePng(
  card: CardDocument,
  image: Uint8Array | null,
  files: ReadonlyMap<string, Uint8Array>,
  spec?: CardSpec,
): Buffer {
  const chunks = image && isPng(image) ? readChunks(image).chunks : plainPicture()
  const isCard = (chunk: PngChunk): boolean =>
    /^(?:chara|ccv3|chara-ext-asset_.*)$/i.test(readText(chunk)?.keyword ?? '')
  const kept = chunks.filter(chunk => chunk.type !== 'IEND' && !isCard(chunk))
  const written = spec ? [spec] : card.spec === 'v1' ? (['v1', 'v3'] as const) : (['v2', 'v3'] as const)
  const cards = written.map(one => textChunk(one === 'v3' ? 'ccv3' : 'chara', toBase64(writeCard(card, one))))
  const assets = [...files].map(([path, data]) =>
    textChunk(`chara-ext-asset_:${path}`, Buffer.from(data).toString('base64')),
  )
  return writeChunks([...kept, ...cards, ...assets, { type: 'IEND', data: new Uint8Array() }])
}

export const writeJson = (card: CardDocument, spec: CardSpec): Buffer =>
  Buffer.from(`${JSON.stringify(writeCard(card, spec), null, 2)}\n`, 'utf8')

/** The archive of Character Card V3; a picture that no asset names is added as the main icon. */
export function writeArchive(
  card: CardDocument,
  image: Uint8Array | null,
  files: ReadonlyMap<string, Uint8Array>,
): Buffer {
  const all = new Map(files)
  const json = writeCard(card, 'v3')
  const type = image ? imageTypeOf(image) : null
  const isThere = image ? [...files.values()].some(file => Buffer.compare(file, image) === 0) : true
  if (image && type && !isThere) {
    const path = `assets/icon/images/main.${extensionOf(type)}`
    all.set(path, image)
    const data = json['data'] as Json
    const assets = Array.isArray(data['assets']) ? data['assets'] : []
    const icon = { type: 'icon', uri: `embeded://${path}`, name: 'main', ext: extensionOf(type) }
    if (!assets.some(asset => isObject(asset) && asset['type'] === 'icon' && asset['name'] === 'main'))
      json['data'] = { ...data, assets: [...assets, icon] }
  }
  return writeCharx(new Map([['card.json', Buffer.from(JSON.stringify(json, null, 2))], ...all]))
}

/** A dusk of one row of colour after another, for characters without a picture. */
function plainPicture(): PngChunk[] {
  const [width, height] = [256, 384]
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y += 1) {
    const share = y / height
    const colour = [Math.round(60 + 150 * share), Math.round(48 + 90 * share), Math.round(92 + 40 * share)]
    for (let x = 0; x < width; x += 1) rows.set(colour, y * (1 + width * 3) + 1 + x * 3)
  }
  return [
    { type: 'IHDR', data: head },
    { type: 'IDAT', data: deflateSync(rows) },
  ]
}
