import { zipSync } from 'fflate'
import type { Json } from './card.ts'
import { textChunk, writeChunks } from './png.ts'

/** Hand-made cards of each version, with extensions and fields that no specification knows. */
const strange: Json = {
  'other-tool/v9': { deep: [1, { è: null }], 'a.b': 'ü🌙' },
  depth_prompt: { prompt: 'Stay calm', depth: 2, role: 'user' },
}
const fields: Json = {
  name: 'Ärwin 🌙',
  description: 'You are {{char}}.\r\nBe kind.',
  personality: 'dry',
  scenario: '',
  first_mes: 'Hello {{user}}',
  mes_example: '<START>\n{{user}}: hi',
}
export const v1: Json = { ...fields, unknown_key: { nested: true }, create_date: '2023-5-1 @12h', avatar: 'none' }
export const book: Json = {
  name: 'World',
  extensions: { weird: [0] },
  unknown_in_book: 7,
  entries: [
    {
      keys: ['sea'],
      content: 'The sea is salt.',
      enabled: true,
      insertion_order: 10,
      extensions: { position: 4, depth: 2, own: { x: 1 } },
      case_sensitive: null,
      id: 5,
      odd: 'kept',
    },
    {
      keys: ['/moon|luna/i'],
      content: '@@depth 3\nThe moon pulls.',
      enabled: true,
      insertion_order: 20,
      extensions: {},
      use_regex: true,
    },
  ],
}
const v2data: Json = {
  ...fields,
  creator_notes: 'n',
  system_prompt: '',
  post_history_instructions: '',
  alternate_greetings: ['Hi', 'Ho'],
  tags: ['sea'],
  creator: 'me',
  character_version: '1.2',
  extensions: strange,
  character_book: book,
  invented: { by: 'nobody' },
}
export const v2: Json = { spec: 'chara_card_v2', spec_version: '2.0', data: v2data, beside: [1, 2], name: 'Ärwin 🌙' }
export const v3: Json = {
  spec: 'chara_card_v3',
  spec_version: '3.0',
  data: {
    ...v2data,
    group_only_greetings: [],
    nickname: 'Win',
    source: ['x'],
    creation_date: 1,
    assets: [{ type: 'icon', uri: 'embeded://assets/icon/images/main.png', name: 'main', ext: 'png' }],
    creator_notes_multilingual: { de: 'n' },
  },
}

export const base64 = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64')

const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
const pixels = Buffer.from('789c6360f8cf0000020201007b4e0bca', 'hex')
/** An APNG of one frame: `acTL` and `fcTL` must come out as they went in. */
export const picture = [
  { type: 'IHDR', data: header },
  { type: 'acTL', data: Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]) },
  { type: 'fcTL', data: Buffer.alloc(26, 1) },
  { type: 'IDAT', data: pixels },
]
export const png = (...texts: [string, string | Uint8Array][]): Buffer =>
  writeChunks([
    ...picture,
    ...texts.map(([keyword, value]) => textChunk(keyword, value)),
    { type: 'IEND', data: new Uint8Array() },
  ])

export const charx = (card: unknown, more: Record<string, Uint8Array> = {}): Buffer =>
  Buffer.from(
    zipSync({
      'card.json': Buffer.from(JSON.stringify(card)),
      'assets/icon/images/main.png': png(),
      'odd/file.bin': Buffer.from([1, 2, 3]),
      ...more,
    }),
  )
