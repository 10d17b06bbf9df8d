import { LunaError } from '@luna/contracts'

export type CardSpec = 'v1' | 'v2' | 'v3'
export type Json = Record<string, unknown>

/**
 * A character card as it was read, whole. `data` is what the card says of the character (of V1: the card itself), unknown
 * fields and extensions included; `envelope` is what stands beside `data`. Luna's own fields live in
 * `data.extensions.luna`, so that one document is character and card at once and nothing has to be merged back.
 */
export interface CardDocument {
  readonly spec: CardSpec
  readonly envelope: Json
  readonly data: Json
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

const deepest = 200

/** @throws LunaError `invalid` for nesting that no writer of JSON makes and no reader survives. */
export function requireShallow(value: unknown): void {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest)
      throw new LunaError('invalid', `The file is nested deeper than ${deepest} levels. It is not a character card.`)
    level = level.flatMap(item => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
}

const v1Marks = ['first_mes', 'personality', 'scenario', 'mes_example', 'description', 'char_name', 'char_persona']

/** What spec the parsed JSON is a card of; null when it is none. */
export function specOf(json: unknown): CardSpec | null {
  if (!isObject(json)) return null
  if (isObject(json['data']) && typeof json['data']['name'] === 'string')
    return json['spec'] === 'chara_card_v3' || textOf(json['spec_version']).startsWith('3') ? 'v3' : 'v2'
  const named = typeof json['name'] === 'string' || typeof json['char_name'] === 'string'
  return named && v1Marks.some(mark => typeof json[mark] === 'string') ? 'v1' : null
}

/** Reads a card of any version; null when the JSON is no card. */
export function readCard(json: unknown): CardDocument | null {
  const spec = specOf(json)
  if (spec === null) return null
  const card = json as Json
  if (spec === 'v1') return { spec, envelope: {}, data: card }
  const { data, ...envelope } = card
  return { spec, envelope, data: data as Json }
}

const emptyV2: Json = {
  name: '',
  description: '',
  personality: '',
  scenario: '',
  first_mes: '',
  mes_example: '',
  creator_notes: '',
  system_prompt: '',
  post_history_instructions: '',
  alternate_greetings: [],
  tags: [],
  creator: '',
  character_version: '',
  extensions: {},
}

/** The card in the spec that is asked for; in its own spec exactly as it was read. */
export function writeCard(card: CardDocument, spec: CardSpec): Json {
  if (spec === card.spec) return spec === 'v1' ? card.data : { ...card.envelope, data: card.data }
  if (spec === 'v1')
    return {
      ...pick(emptyV2, ['name', 'description', 'personality', 'scenario', 'first_mes', 'mes_example']),
      ...card.data,
    }
  const { spec: _spec, spec_version: _version, ...beside } = card.envelope
  if (spec === 'v2')
    return { ...beside, spec: 'chara_card_v2', spec_version: '2.0', data: { ...emptyV2, ...card.data } }
  const data = { ...emptyV2, group_only_greetings: [], ...card.data }
  return { ...beside, spec: 'chara_card_v3', spec_version: '3.0', data: withRegexFlags(data) }
}

/** V3 demands `use_regex` of each entry, which V2 does not know. */
function withRegexFlags(data: Json): Json {
  const book = data['character_book']
  if (!isObject(book) || !Array.isArray(book['entries'])) return data
  const entries = book['entries'].map((entry: unknown) => (isObject(entry) ? { use_regex: false, ...entry } : entry))
  return { ...data, character_book: { ...book, entries } }
}

const pick = (from: Json, keys: readonly string[]): Json => Object.fromEntries(keys.map(key => [key, from[key]]))
