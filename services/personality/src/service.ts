/** Personality knows the characters, keeps their moods and stories, and says what of them goes into a prompt. */

import { chat, gateway, personality } from '@luna/contracts'
import { defineService, on } from '@luna/service'
import { bulkCharacters } from './catalogue/bulk-characters.ts'
import { createCharacter } from './catalogue/create-character.ts'
import { deleteCharacter } from './catalogue/delete-character.ts'
import { getCharacter } from './catalogue/get-character.ts'
import { listCharacters } from './catalogue/list-characters.ts'
import { searchCharacters } from './catalogue/search-characters.ts'
import { updateCharacter } from './catalogue/update-character.ts'
import { diffVersions, listVersions, restoreVersion } from './catalogue/versions.ts'
import { compose } from './compose/compose.ts'
import { prompt } from './compose/prompt.ts'
import { config } from './config.ts'
import { createContext } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import { eraseAccount } from './erase-account/erase-account.ts'
import { exportPage } from './export-page/export-page.ts'
import { readAvatar, setAvatar } from './files/avatar.ts'
import { exportCharacter } from './files/export-character.ts'
import { importCharacters } from './files/import-characters.ts'
import { putPiece, readFile } from './files/pieces.ts'
import { followTurn } from './follow-turn/follow-turn.ts'
import { generate, getGeneration } from './generate/generate.ts'
import { regenerateField } from './generate/regenerate-field.ts'
import { deleteLorebook, exportLorebook, listLorebooks, putLorebook, readLorebook } from './lorebooks/lorebooks.ts'
import { getMood, moodHistory, setMood } from './mood/mood.ts'
import { deletePersona, listPersonas, putPersona } from './personas/personas.ts'
import { getStory, speak, updateStory } from './story/story.ts'
import { characterUsage, rateCharacter } from './usage/usage.ts'

export const service = defineService({
  name: 'personality',
  contract: personality,
  owns: { schema: 'personality', migrations, connections: 4 },
  config,
  context: createContext,
  listens: [on(chat.events.turnEnded, followTurn), on(gateway.events.accountErased, eraseAccount)],
  serves: {
    compose,
    prompt,
    getCharacter,
    listCharacters,
    searchCharacters,
    createCharacter,
    updateCharacter,
    deleteCharacter,
    bulkCharacters,
    listVersions,
    diffVersions,
    restoreVersion,
    putPiece,
    importCharacters,
    exportCharacter,
    readFile,
    setAvatar,
    readAvatar,
    readLorebook,
    listLorebooks,
    putLorebook,
    deleteLorebook,
    exportLorebook,
    generate,
    getGeneration,
    regenerateField,
    getMood,
    moodHistory,
    setMood,
    characterUsage,
    rateCharacter,
    listPersonas,
    putPersona,
    deletePersona,
    getStory,
    updateStory,
    speak,
    exportPage,
  },
  runs: [{ name: 'generations', start: async ({ work }) => ({ stop: () => work.stop() }) }],
})
