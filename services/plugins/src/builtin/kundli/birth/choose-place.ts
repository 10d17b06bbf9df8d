import { LunaError } from '@luna/contracts'
import { describePlace, findPlaces, gazetteerCredit, type Place } from '@luna/sky'

/** A second place with so great a share of the people of the first may well be the one that is meant. */
const rivalShare = 0.2

export interface ChosenPlace {
  place: Place
  notes: readonly string[]
}

/**
 * The place that a text means. Of several with one name it is the most populous when that one stands out.
 * @throws LunaError `not-found` when there is none, `invalid` with the candidates when it could be one of several
 */
export async function choosePlace(text: string): Promise<ChosenPlace> {
  if (/\s--[a-z]/i.test(text))
    throw new LunaError('invalid', `Flags come before the place; found "${text}". Put them right after the command.`)
  const found = await findPlaces(text)
  const [first, second] = found
  if (!first)
    throw new LunaError(
      'not-found',
      `No place "${text}" of 1,000 people or more is known. Give a larger town nearby, or coordinates such as "18.52, 73.86".`,
    )
  if (second && second.population > first.population * rivalShare)
    throw new LunaError(
      'invalid',
      `Which place is meant by "${text}": ${found.map(describePlace).join('; ')}? Give it with its country, or by its coordinates.`,
    )
  const others = second ? [`There are other places of this name, such as ${describePlace(second)}.`] : []
  return {
    place: first,
    notes: first.country === '' ? [] : [`Place: ${describePlace(first)}. ${gazetteerCredit}.`, ...others],
  }
}
