import type { PersonKey } from '@luna/service'

/** What is written about a person, or by them, is sealed with their key: erased with it. */
type Field = 'reason' | 'note' | 'appeal'

const contextOf = (field: Field, reviewId: string): string => `moderation.reviews.${field}:${reviewId}`

export const sealText = (key: PersonKey, field: Field, reviewId: string, text: string): Buffer =>
  key.seal(text, contextOf(field, reviewId))

export const openText = (key: PersonKey, field: Field, reviewId: string, sealed: Buffer | null): string | null =>
  sealed ? key.open(sealed, contextOf(field, reviewId)) : null
