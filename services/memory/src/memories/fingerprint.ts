import { createHash } from 'node:crypto'
import { fold, type PersonKey } from '@luna/service'

/** A keyed hash: equal for texts that a reader takes for the same, and nothing to whoever lacks the key. */
export const fingerprint = (key: PersonKey, text: string): string =>
  createHash('sha256')
    .update(key.tokens(fold(text)).join(' '))
    .digest('base64url')

/** The keyed name of what can only hold one value at a time; null: there may be many. */
export const slotOf = (key: PersonKey, subject: string, predicate: string | null): string | null =>
  predicate === null ? null : fingerprint(key, `slot ${subject} ${predicate}`)
