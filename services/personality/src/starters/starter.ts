import type { CharacterSheet, LorebookBody } from '@luna/contracts'

/** A character that comes with Luna. Whatever changes in it raises the version. */
export interface Starter {
  readonly id: string
  readonly slug: string
  readonly version: number
  readonly sheet: Partial<CharacterSheet> & { name: string }
  readonly lorebook?: LorebookBody
}

/** An entry of a starter's lorebook, as Character Card V3 writes it. */
export const lore = (name: string, keys: string[], content: string): LorebookBody['entries'][number] => ({
  name,
  keys,
  content,
  enabled: true,
  insertion_order: 100,
  use_regex: false,
  extensions: {},
})
