import { type CallInput, type CallOutput, LunaError, type personality } from '@luna/contracts'
import { toCharacter } from '../characters/character.ts'
import type { PersonalityContext } from '../context.ts'

type Definition = typeof personality.calls.getCharacter

/** A character by id, or by slug where there is no id. */
export async function getCharacter(
  { id, slug }: CallInput<Definition>,
  { catalogue }: Pick<PersonalityContext, 'catalogue'>,
): Promise<CallOutput<Definition>> {
  if (id) return toCharacter(catalogue.byId(id).definition)
  if (slug) return toCharacter(catalogue.bySlug(slug).definition)
  throw new LunaError('invalid', 'Which character is asked for is missing: give its id or its slug.')
}
