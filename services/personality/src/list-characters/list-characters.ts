import { type CallInput, type CallOutput, limits, type personality } from '@luna/contracts'
import { toCharacter } from '../characters/character.ts'
import type { PersonalityContext } from '../context.ts'

type Definition = typeof personality.calls.listCharacters

/** The characters in the order of their slugs; the cursor is the last slug. */
export async function listCharacters(
  { limit = limits.pageRows, cursor }: CallInput<Definition>,
  { catalogue }: Pick<PersonalityContext, 'catalogue'>,
): Promise<CallOutput<Definition>> {
  const rest = catalogue.all.filter(({ definition }) => cursor === undefined || definition.slug > cursor)
  const items = rest.slice(0, limit).map(({ definition }) => toCharacter(definition))
  return { items, nextCursor: rest.length > limit ? (items.at(-1)?.slug ?? null) : null }
}
