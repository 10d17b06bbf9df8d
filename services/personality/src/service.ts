/** Personality knows the characters, and says what of them goes into a prompt. */

import { gateway, personality } from '@luna/contracts'
import { defineService, on } from '@luna/service'
import { compose } from './compose/compose.ts'
import { config } from './config.ts'
import { createContext } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import { eraseAccount } from './erase-account/erase-account.ts'
import { getCharacter } from './get-character/get-character.ts'
import { listCharacters } from './list-characters/list-characters.ts'

export const service = defineService({
  name: 'personality',
  contract: personality,
  owns: { schema: 'personality', migrations, connections: 2 },
  config,
  context: createContext,
  listens: [on(gateway.events.accountErased, eraseAccount)],
  serves: { compose, getCharacter, listCharacters },
})
