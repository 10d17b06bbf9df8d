import type { PersonKey } from '@luna/service'

/** What a tag is filtered by: a keyed hash of the whole tag, so that the database never sees it. */
export const tagKey = (key: PersonKey, tag: string): string =>
  key.tokens(tag.trim().toLowerCase()).join('.') ||
  key.tokens(`tag ${[...tag].map(c => c.codePointAt(0)).join(' ')}`).join('.')

/** Trimmed, without doubles, in the order given. */
export const cleanTags = (tags: readonly string[]): string[] => [
  ...new Set(tags.map(tag => tag.trim()).filter(tag => tag !== '')),
]
