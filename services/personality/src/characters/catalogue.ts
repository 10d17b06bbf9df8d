import { LunaError, type PromptPart } from '@luna/contracts'
import { fixedParts } from '../compose/fixed-parts.ts'
import type { CharacterDefinition } from './character.ts'

/** A character with the parts of its prompt that are the same for everybody, counted once. */
export interface PreparedCharacter {
  readonly definition: CharacterDefinition
  readonly parts: readonly PromptPart[]
}

export interface Catalogue {
  /** By slug. */
  readonly all: readonly PreparedCharacter[]
  /** The character of whoever asks for none. */
  readonly standard: PreparedCharacter
  /** @throws LunaError `not-found` */
  byId(id: string): PreparedCharacter
  /** @throws LunaError `not-found` */
  bySlug(slug: string): PreparedCharacter
}

const noCharacter = (): LunaError =>
  new LunaError('not-found', 'There is no such character. It may have been deleted; choose another from the list.')

export function createCatalogue(definitions: readonly CharacterDefinition[], standardId: string): Catalogue {
  const all = definitions
    .map(definition => ({ definition, parts: fixedParts(definition) }))
    .toSorted((one, other) => (one.definition.slug < other.definition.slug ? -1 : 1))
  const ids = new Map(all.map(character => [character.definition.id, character]))
  const slugs = new Map(all.map(character => [character.definition.slug, character]))
  const found = (character: PreparedCharacter | undefined): PreparedCharacter => {
    if (!character) throw noCharacter()
    return character
  }
  return {
    all,
    standard: found(ids.get(standardId)),
    byId: id => found(ids.get(id)),
    bySlug: slug => found(slugs.get(slug)),
  }
}
