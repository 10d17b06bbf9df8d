import { isObject, type Json } from '../cards/card.ts'

/**
 * A lorebook file: SillyTavern's World Info (`entries` keyed by uid), a standalone book of Character Card V3
 * (`lorebook_v3`) or a bare `character_book`. It is kept as it came, entries as a list. Null when the JSON is none.
 */
export function readWorldInfo(json: unknown): Json | null {
  if (!isObject(json)) return null
  if (isObject(json['data']) && (json['spec'] === 'lorebook_v3' || Array.isArray(json['data']['entries'])))
    return readWorldInfo({ ...json['data'], luna: { ...lunaOf(json['data']), envelope: { ...json, data: undefined } } })
  const { entries } = json
  if (Array.isArray(entries) && entries.every(isObject)) return { ...json, entries }
  if (!isObject(entries)) return null
  const pairs = Object.entries(entries).filter(([, entry]) => isObject(entry))
  if (pairs.length === 0 && Object.keys(entries).length > 0) return null
  return {
    ...json,
    entries: pairs.map(([, entry]) => entry),
    luna: { ...lunaOf(json), uids: pairs.map(([uid]) => uid) },
  }
}

const lunaOf = (book: Json): Json => (isObject(book['luna']) ? book['luna'] : {})

/** The file that the book was read from, unless its entries have changed in number: then as a bare book. */
export function writeWorldInfo(book: Json): Json {
  const { luna, ...plain } = book
  const own = isObject(luna) ? luna : {}
  const { uids, envelope } = own
  const entries = Array.isArray(plain['entries']) ? plain['entries'] : []
  const named = Array.isArray(uids) && uids.length === entries.length
  const body = named
    ? { ...plain, entries: Object.fromEntries(uids.map((uid, index) => [String(uid), entries[index]])) }
    : plain
  if (!isObject(envelope)) return body
  const { data: _data, ...beside } = envelope
  return { ...beside, data: body }
}
