import type { Character } from '@luna/contracts'

/** A character as it is written down. Whatever changes in it raises the version. */
export interface CharacterDefinition {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly version: number
  readonly description: string
  readonly greeting: string
  readonly tags: readonly string[]
  readonly visibility: Character['visibility']
  /** Who it is, told to the model in the second person. */
  readonly role: string
  /** How it writes. */
  readonly style: string
}

export const toCharacter = (definition: CharacterDefinition): Character => ({
  id: definition.id,
  slug: definition.slug,
  name: definition.name,
  description: definition.description,
  greeting: definition.greeting,
  visibility: definition.visibility,
  tags: [...definition.tags],
  version: definition.version,
})
