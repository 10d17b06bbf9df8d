import { LunaError } from '@luna/contracts'
import { lexemes } from '../fulltext/lexeme.ts'
import { type QueryMode, toTsquery } from '../fulltext/tsquery.ts'
import { toTsvector } from '../fulltext/tsvector.ts'
import { dataKeyFrom, deriveKey, openText, seal } from './sealing.ts'

/** What a service may do with the data key of one person (or workspace); the key itself stays inside. */
export interface PersonKey {
  /** @param context the value's place, such as `chat.messages.text:<id>`; see `seal`. */
  seal(text: string, context: string): Buffer
  open(sealed: Uint8Array, context: string): string
  sealJson(value: unknown, context: string): Buffer
  openJson(sealed: Uint8Array, context: string): unknown
  /** Keyed search tokens in reading order: equal words give equal tokens under this key and no other. */
  tokens(text: string): string[]
  /** Castable to `tsvector`. */
  tsvector(text: string): string
  /** Castable to `tsquery`; null when there is nothing to look for. */
  tsquery(text: string, mode?: QueryMode): string | null
}

/** @param bytes 32 bytes; encryption and index each get a key of their own, derived by HKDF. */
export function personKeyFrom(bytes: Uint8Array): PersonKey {
  const root = dataKeyFrom(bytes)
  const sealing = deriveKey(root, 'sealing')
  const lexeme = lexemes(deriveKey(root, 'fulltext'))
  return {
    seal: (text, context) => seal(sealing, text, context),
    open: (sealed, context) => openText(sealing, sealed, context),
    sealJson(value, context) {
      const json = JSON.stringify(value)
      if (json === undefined) throw new LunaError('invalid', `Only JSON values can be sealed, found ${typeof value}.`)
      return seal(sealing, json, context)
    },
    openJson: (sealed, context) => JSON.parse(openText(sealing, sealed, context)) as unknown,
    tokens: lexeme.tokens,
    tsvector: text => toTsvector(text, lexeme.of),
    tsquery: (text, mode) => toTsquery(text, lexeme.of, mode),
  }
}
