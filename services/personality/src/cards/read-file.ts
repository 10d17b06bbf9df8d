import { LunaError } from '@luna/contracts'
import { readWorldInfo } from '../lore/world-info.ts'
import { type CardDocument, isObject, type Json, readCard } from './card.ts'
import { isZip, readCharx } from './charx.ts'
import { decodeChunk, decodeText, parseJson } from './decode.ts'
import { imageTypeOf } from './image.ts'
import { isPng, type PngChunk, readChunks, readText, writeChunks } from './png.ts'

export interface ReadCard {
  readonly card: CardDocument
  readonly image: Uint8Array | null
  /** Assets by their path in the archive. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

export interface ReadFile {
  readonly cards: readonly ReadCard[]
  readonly lorebooks: readonly Json[]
  readonly warnings: readonly string[]
}

const none: ReadonlyMap<string, Uint8Array> = new Map()
const assetKeyword = /^chara-ext-asset_:?(.{1,400})$/

/**
 * Whatever a file holds that Luna can keep: a character card of any version as PNG, APNG, JSON or CHARX, a list of cards,
 * a lorebook or SillyTavern's World Info.
 * @throws LunaError `invalid` when it is none of these, `too-large` for an archive that bursts
 */
export function readCardFile(bytes: Uint8Array): ReadFile {
  if (isPng(bytes)) return readPng(bytes)
  if (isZip(bytes)) return readArchive(bytes)
  if (imageTypeOf(bytes)) throw noCard('The picture has no place for a character card: only PNG and APNG have one')
  const { text, guessed } = decodeText(bytes)
  const read = readJson(parseJson(text))
  if (!read) throw noCard('The file holds no character card and no lorebook')
  return guessed ? { ...read, warnings: [...read.warnings, guessedText] } : read
}

const guessedText = 'The text is not UTF-8; it was read as Windows-1252.'

function readJson(json: unknown): ReadFile | null {
  const list: unknown[] = Array.isArray(json) ? json.slice(0, 1_000) : [json]
  const cards = list
    .flatMap((item): CardDocument[] => [readCard(item)].filter(card => card !== null))
    .map(card => ({ card, image: null, files: none }))
  if (cards.length > 0) return { cards, lorebooks: [], warnings: [] }
  const lorebooks = list.flatMap((item): Json[] => [readWorldInfo(item)].filter(book => book !== null))
  return lorebooks.length > 0 ? { cards: [], lorebooks, warnings: [] } : null
}

/** `ccv3` wins over `chara` (Character Card V3); where it cannot be read the other one stands in. */
function readPng(bytes: Uint8Array): ReadFile {
  const { chunks, warnings: faults } = readChunks(bytes)
  const warnings = [...faults]
  const found = new Map<string, CardDocument[]>()
  const files = new Map<string, Uint8Array>()
  const rest: PngChunk[] = []
  for (const chunk of chunks) {
    const text = readText(chunk)
    const keyword = text?.keyword.toLowerCase()
    const asset = text ? assetKeyword.exec(text.keyword)?.[1] : undefined
    if (text && asset !== undefined) files.set(asset, Buffer.from(Buffer.from(text.value).toString('latin1'), 'base64'))
    else if (text && (keyword === 'ccv3' || keyword === 'chara')) {
      const { json, guessed } = decodeChunk(text.value)
      const card = readCard(json)
      if (guessed) warnings.push(guessedText)
      if (card) found.set(keyword, [...(found.get(keyword) ?? []), card])
      else warnings.push(`The chunk ${keyword} of the picture holds no card that can be read.`)
    } else rest.push(chunk)
  }
  const [v3, v2] = [found.get('ccv3') ?? [], found.get('chara') ?? []]
  const card = v3.at(-1) ?? v2.at(-1)
  if (!card) throw noCard('The picture holds no character card')
  const other = v3.length > 0 ? v2.at(-1) : undefined
  if (other && other.data['name'] !== card.data['name'])
    warnings.push(
      'The picture holds two cards that disagree; the newer one (ccv3) was taken. The original file is kept.',
    )
  if (v3.length > 1 || v2.length > 1)
    warnings.push('The picture holds several cards of one kind; the last was taken. The original file is kept.')
  return { cards: [{ card, image: writeChunks(rest), files }], lorebooks: [], warnings }
}

function readArchive(bytes: Uint8Array): ReadFile {
  const { files, warnings } = readCharx(bytes)
  const text = files.get('card.json')
  const decoded = text ? decodeText(text) : null
  const card = decoded ? readCard(parseJson(decoded.text)) : null
  if (!card) throw noCard('The archive holds no card.json that can be read')
  const assets = new Map([...files].filter(([path]) => path !== 'card.json'))
  const image = iconOf(card, assets)
  return {
    cards: [{ card, image, files: assets }],
    lorebooks: [],
    warnings: decoded?.guessed ? [...warnings, guessedText] : warnings,
  }
}

const embedded = /^embed(?:d)?ed:\/\//

/** The main icon among the assets; the first picture where the card names none. */
function iconOf({ data }: CardDocument, files: ReadonlyMap<string, Uint8Array>): Uint8Array | null {
  const assets = (Array.isArray(data['assets']) ? data['assets'] : []).filter(isObject)
  const icons = assets.filter(({ type }) => type === 'icon')
  const icon = icons.find(({ name }) => name === 'main') ?? icons[0]
  const path = typeof icon?.['uri'] === 'string' ? icon['uri'].replace(embedded, '') : ''
  const named = files.get(path)
  if (named && imageTypeOf(named)) return named
  for (const [name, file] of files) if (name.startsWith('assets/icon/') && imageTypeOf(file)) return file
  return null
}

const noCard = (what: string): LunaError =>
  new LunaError('invalid', `${what}. Bring a PNG, APNG, JSON or CHARX file that another tool exported.`)
