import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readCard, writeCard } from './card.ts'
import { charxLimits, isSafePath } from './charx.ts'
import { readChunks } from './png.ts'
import { readCardFile } from './read-file.ts'
import { base64, charx, picture, png, v1, v2, v3 } from './samples.suite.ts'
import { newCard, sheetOf, withChanges } from './sheet.ts'
import { writeArchive, writeJson, writePng } from './write-file.ts'

const samples = [
  ['v1', v1],
  ['v2', v2],
  ['v3', v3],
] as const

/** One file as it stands in an archive (APPNOTE.TXT 4.3.7), with the size that is claimed. */
function packed(name: string, data: Uint8Array, claimed: number): Buffer {
  const body = deflateRawSync(data)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(body.length, 18)
  head.writeUInt32LE(claimed, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, Buffer.from(name), body])
}

const first = (bytes: Uint8Array) => {
  const [one] = readCardFile(bytes).cards
  if (!one) throw new Error('no card')
  return one
}

describe.each(samples)('a card of %s comes back deep-equal', (spec, json) => {
  test('as JSON', () => {
    const { card } = first(Buffer.from(JSON.stringify(json)))
    expect(JSON.parse(writeJson(card, spec).toString())).toEqual(json)
  })

  test('as PNG, the picture chunk for chunk', () => {
    const { card, image, files } = first(png([spec === 'v3' ? 'ccv3' : 'chara', base64(json)]))
    const out = writePng(card, image, files)
    expect(writeCard(first(out).card, spec)).toMatchObject(spec === 'v3' ? json : {})
    const again = first(writePng(card, image, files, spec))
    expect(writeCard(again.card, spec)).toEqual(json)
    const shown = readChunks(out).chunks.filter(({ type }) => type !== 'tEXt' && type !== 'IEND')
    expect(shown.map(({ type, data }) => [type, Buffer.from(data).toString('hex')])).toEqual(
      picture.map(({ type, data }) => [type, Buffer.from(data).toString('hex')]),
    )
  })

  test('through every other format and back', () => {
    const { card } = first(Buffer.from(JSON.stringify(json)))
    const archive = first(writeArchive(card, null, new Map()))
    for (const [name, value] of Object.entries(card.data))
      expect(archive.card.data[name]).toEqual(name === 'character_book' ? expect.anything() : value)
    expect(sheetOf(archive.card)).toEqual(sheetOf(card))
    expect(sheetOf(first(writePng(card, null, new Map())).card)).toEqual(sheetOf(card))
  })
})

test('CHARX: card, assets and files that nobody names come back byte for byte', () => {
  const read = first(charx(v3))
  const again = first(writeArchive(read.card, read.image, read.files))
  expect(writeCard(again.card, 'v3')).toEqual(v3)
  expect([...again.files].map(([path, data]) => [path, Buffer.from(data).toString('hex')])).toEqual(
    [...read.files].map(([path, data]) => [path, Buffer.from(data).toString('hex')]),
  )
  expect(read.image).not.toBeNull()
  const asPng = first(writePng(read.card, read.image, read.files))
  expect([...asPng.files.keys()]).toEqual([...read.files.keys()])
})

test('ccv3 wins over chara, in whatever order they stand; chara stands in where ccv3 is broken', () => {
  const old = { ...v2, data: { ...(v2['data'] as object), name: 'Old' } }
  for (const texts of [
    [
      ['chara', base64(old)],
      ['ccv3', base64(v3)],
    ],
    [
      ['ccv3', base64(v3)],
      ['chara', base64(old)],
    ],
  ] as const) {
    const read = readCardFile(png(...(texts as unknown as [string, string][])))
    expect(read.cards[0]?.card.data['name']).toBe('Ärwin 🌙')
    expect(read.warnings.join()).toContain('disagree')
  }
  const fallen = readCardFile(png(['ccv3', '!!not base64 of json!!'], ['chara', base64(old)]))
  expect(fallen.cards[0]?.card.data['name']).toBe('Old')
})

test('what strange tools write is kept: wrong CRC, cut-off files, latin-1, bare JSON, compressed text', () => {
  const good = png(['chara', base64(v2)])
  const wrongCrc = Buffer.from(good)
  wrongCrc.writeUInt32BE(0xdeadbeef, good.length - 16)
  expect(first(wrongCrc).card.data['name']).toBe('Ärwin 🌙')
  expect(first(good.subarray(0, good.length - 14)).card.data['name']).toBe('Ärwin 🌙')
  expect(first(png(['chara', JSON.stringify({ ...v1, name: 'bare' })])).card.data['name']).toBe('bare')
  const latin = Buffer.from('{"name":"J\u00fcrgen","first_mes":"gr\u00fc\u00df dich"}', 'latin1')
  const read = readCardFile(png(['chara', latin.toString('base64')]))
  expect(read.cards[0]?.card.data['first_mes']).toBe('grüß dich')
  expect(read.warnings.join()).toContain('not UTF-8')
  expect(
    first(Buffer.concat([Buffer.from('\ufeff'), Buffer.from(JSON.stringify(v1)), Buffer.from('\0\0')])).card.data[
      'name'
    ],
  ).toBe(v1['name'])
})

test('an archive can neither burst nor write outside of itself', () => {
  // Each says truly, or with a lie, how large it is once unpacked.
  for (const claimed of [charxLimits.bytes + 1, 1]) {
    const bomb = packed('a.bin', Buffer.alloc(charxLimits.bytes + 1), claimed)
    expect(bomb.length).toBeLessThan(100_000)
    expect(() => readCardFile(bomb)).toThrow(/more than/)
  }
  const paths = {
    '../../etc/cron': Buffer.from([1]),
    '/root': Buffer.from([1]),
    'a/../../b': Buffer.from([1]),
    'c:\\x': Buffer.from([1]),
  }
  const read = readCardFile(charx(v3, paths))
  expect([...(read.cards[0]?.files.keys() ?? [])].every(isSafePath)).toBe(true)
  expect(read.cards[0]?.files.size).toBe(2)
  expect(read.warnings.join()).toContain('leads out')
}, 30_000)

test('what is no card is refused in words; nesting without end too', () => {
  for (const bytes of [
    Buffer.from('hello'),
    Buffer.from('{}'),
    png(),
    Buffer.from([0x50, 0x4b, 3, 4, 0]),
    Buffer.from('GIF89a......'),
  ])
    expect(() => readCardFile(bytes)).toThrow(/no character card|no card|no place|damaged/)
  expect(() =>
    readCardFile(Buffer.from(`{"name":"x","first_mes":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)),
  ).toThrow('nested')
})

test('a change touches its field and nothing else; fields of Luna live in the extensions', () => {
  const card = readCard(v2)
  if (!card) throw new Error('no card')
  expect(withChanges(card, sheetOf(card))).toEqual(card)
  const changed = withChanges(card, { name: 'New', traits: ['bold'] })
  expect(writeCard(changed, 'v2')).toEqual({
    ...v2,
    name: 'New',
    data: {
      ...(v2['data'] as object),
      name: 'New',
      extensions: { ...(v2['data'] as { extensions: object }).extensions, luna: { traits: ['bold'] } },
    },
  })
  expect(sheetOf(changed)).toMatchObject({ name: 'New', traits: ['bold'] })
  expect(sheetOf(newCard({ name: 'Solo', mood: { valence: 5, arousal: -9 } as never })).mood).toEqual({
    valence: 1,
    arousal: -1,
  })
})
