import type { PromptPart } from '@luna/contracts'
import type { CharacterDefinition } from '../characters/character.ts'
import { care, reminder } from '../protocols/care.ts'
import { honesty } from '../protocols/honesty.ts'
import { promptPart } from './prompt-part.ts'

/**
 * The parts that are the same for everybody who talks to a character, in order. The protocols are not the character's:
 * they stand first and last, are never cut, and nothing that a character says can take their place.
 */
export const fixedParts = (character: CharacterDefinition): PromptPart[] => [
  promptPart('care', care, { priority: 100, required: true }),
  promptPart('honesty', honesty, { priority: 100, required: true }),
  promptPart('role', character.role, { priority: 90, required: true }),
  promptPart('style', character.style, { priority: 70, required: false }),
  promptPart('reminder', reminder, { priority: 100, required: true, place: 'after' }),
]
