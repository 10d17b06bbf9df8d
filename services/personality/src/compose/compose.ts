import type { CallInput, CallOutput, personality } from '@luna/contracts'
import type { PersonalityContext } from '../context.ts'
import { personPart } from './person-part.ts'

type Definition = typeof personality.calls.compose

/** The parts of a character's prompt in order: those before the history, then those behind it. */
export async function compose(
  { characterId, personName }: CallInput<Definition>,
  { catalogue }: Pick<PersonalityContext, 'catalogue'>,
): Promise<CallOutput<Definition>> {
  const { definition, parts } = characterId ? catalogue.byId(characterId) : catalogue.standard
  const { id, slug, name, version } = definition
  const person = personPart(personName)
  return {
    character: { id, slug, name, version },
    parts: [
      ...parts.filter(part => part.place === 'before'),
      ...(person ? [person] : []),
      ...parts.filter(part => part.place === 'after'),
    ],
    lore: [],
  }
}
