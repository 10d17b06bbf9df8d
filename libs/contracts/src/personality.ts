import { z } from 'zod'
import {
  bulkResult,
  cardFormat,
  cardSpec,
  characterChanges,
  characterDetail,
  characterSheet,
  facets,
  fieldChange,
  fileLimits,
  generatedField,
  generation,
  generationForm,
  lorebook,
  lorebookBody,
  moodSnapshot,
  moodState,
  persona,
  speakerOrder,
  story,
} from './character.ts'
import { call, defineContract, event, feed } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { limits } from './limits.ts'
import { character, page, pageQuery, text, time, uuid } from './shapes.ts'
import { changedWhat } from './wire.ts'

/** One part of a prompt. Parts are cut from the lowest priority up when the budget is short; `required` parts never. */
export const promptPart = z.object({
  name: z.string(),
  role: z.enum(['system', 'user', 'assistant']),
  text: z.string(),
  tokens: z.number().int(),
  priority: z.number().int(),
  required: z.boolean(),
  /** `before` the history, or `after` it. */
  place: z.enum(['before', 'after']),
  /** Messages from the end of the history before which it stands; without it, where `place` says. */
  depth: z.number().int().min(0).optional(),
})
export type PromptPart = z.infer<typeof promptPart>

const visibility = character.shape.visibility
const byCharacter = z.strictObject({ characterId: uuid })
const loreFired = z.object({ entry: z.string(), why: z.string() })
const piece = z.string().max(Math.ceil(fileLimits.pieceBytes / 3) * 4)
const newCharacter = z.strictObject({
  sheet: characterSheet.partial().required({ name: true }),
  visibility: visibility.optional(),
  lorebook: lorebookBody.optional(),
})

export const personality = defineContract({
  service: 'personality',
  summary: 'Characters, their prompts and their moods.',
  events: { erased: event('personality.erased.v1', 'personality has erased a person.', erasedPayload) },
  calls: {
    compose: call(
      'personality.compose.v1',
      'The ordered parts of the prompt of a character, with their token counts.',
      {
        deadlineMs: 1_500,
        input: z.strictObject({
          /** Absent: the default character. */
          characterId: uuid.nullable().optional(),
          conversationId: uuid.nullable().optional(),
          personName: text(200).optional(),
          /** The last texts of the conversation, newest last: what a lorebook looks at. */
          recent: z.array(z.string()).max(50).optional(),
        }),
        output: z.object({
          character: z.object({ id: uuid, slug: z.string(), name: z.string(), version: z.number().int() }),
          parts: z.array(promptPart),
          lore: z.array(loreFired),
        }),
      },
    ),
    prompt: call(
      'personality.prompt.v1',
      'The prompt of a character as it would be now, part by part, with the cuts.',
      {
        input: z.strictObject({
          characterId: uuid,
          conversationId: uuid.optional(),
          personName: text(200).optional(),
          /** Tokens that the parts may have; without it nothing is cut. */
          budget: z.number().int().min(0).max(1_000_000).optional(),
        }),
        output: z.object({
          character: z.object({ id: uuid, slug: z.string(), name: z.string(), version: z.number().int() }),
          parts: z.array(promptPart),
          cut: z.array(z.object({ what: z.string(), tokens: z.number().int() })),
          lore: z.array(loreFired),
          tokens: z.number().int(),
        }),
      },
    ),
    getCharacter: call('personality.get-character.v1', 'A character, by id or by slug.', {
      input: z.strictObject({ id: uuid.optional(), slug: z.string().max(200).optional() }),
      output: characterDetail,
    }),
    listCharacters: call('personality.list-characters.v1', 'The characters a person may talk to.', {
      input: pageQuery,
      output: page(character),
    }),
    searchCharacters: call(
      'personality.search-characters.v1',
      'Characters by words, tags and language, best first, with facets.',
      {
        input: z.strictObject({
          q: text(500).optional(),
          tags: z.array(text(limits.tagCodePoints, 1)).max(10).optional(),
          language: z.string().max(35).optional(),
          visibility: visibility.optional(),
          own: z.boolean().optional(),
          ...pageQuery.shape,
        }),
        output: z.object({ ...page(character).shape, facets, total: z.number().int() }),
      },
    ),
    createCharacter: call('personality.create-character.v1', 'A new character of the person.', {
      input: newCharacter,
      output: characterDetail,
    }),
    updateCharacter: call(
      'personality.update-character.v1',
      'Changes fields of a character; each change is a version.',
      {
        input: z.strictObject({
          characterId: uuid,
          changes: characterChanges,
          visibility: visibility.optional(),
          /** Null takes the lorebook away. */
          lorebook: lorebookBody.nullable().optional(),
          ifVersion: z.number().int().optional(),
        }),
        output: characterDetail,
      },
    ),
    deleteCharacter: call('personality.delete-character.v1', 'Deletes a character with its versions and files.', {
      input: z.strictObject({ characterId: uuid, ifVersion: z.number().int().optional() }),
      output: z.object({ deleted: z.literal(true) }),
    }),
    bulkCharacters: call(
      'personality.bulk-characters.v1',
      'Creates, changes and deletes many characters; each row has its own outcome.',
      {
        deadlineMs: 30_000,
        input: z.strictObject({
          create: z.array(newCharacter).max(fileLimits.bulkRows).optional(),
          update: z
            .array(z.strictObject({ id: uuid, changes: characterChanges, ifVersion: z.number().int().optional() }))
            .max(fileLimits.bulkRows)
            .optional(),
          delete: z.array(uuid).max(fileLimits.bulkRows).optional(),
        }),
        output: z.object({ create: z.array(bulkResult), update: z.array(bulkResult), delete: z.array(bulkResult) }),
      },
    ),
    listVersions: call('personality.list-versions.v1', 'The versions of a character, newest first.', {
      input: z.strictObject({ characterId: uuid, ...pageQuery.shape }),
      output: page(z.object({ version: z.number().int(), changed: z.array(z.string()), at: time })),
    }),
    diffVersions: call('personality.diff-versions.v1', 'What differs between two versions, field by field.', {
      input: z.strictObject({ characterId: uuid, from: z.number().int(), to: z.number().int() }),
      output: z.object({ changes: z.array(fieldChange) }),
    }),
    restoreVersion: call('personality.restore-version.v1', 'Makes an old version the newest one.', {
      input: z.strictObject({ characterId: uuid, version: z.number().int(), ifVersion: z.number().int().optional() }),
      output: characterDetail,
    }),
    putPiece: call('personality.put-piece.v1', 'A piece of a file that is being brought, in base64.', {
      input: z.strictObject({ uploadId: uuid, index: z.number().int().min(0).max(100), data: piece }),
      output: z.object({ bytes: z.number().int() }),
    }),
    importCharacters: call(
      'personality.import-characters.v1',
      'Makes characters of a file that was brought in pieces.',
      {
        deadlineMs: 30_000,
        input: z.strictObject({ uploadId: uuid, pieces: z.number().int().min(1).max(100), name: text(300) }),
        output: z.object({
          items: z.array(characterDetail),
          lorebooks: z.array(lorebook),
          /** What could not be read as it stood, and what was kept instead. */
          warnings: z.array(z.string()),
        }),
      },
    ),
    exportCharacter: call(
      'personality.export-character.v1',
      'Writes a character card; its bytes are read with read-file.',
      {
        deadlineMs: 15_000,
        input: z.strictObject({
          characterId: uuid,
          format: cardFormat,
          spec: cardSpec.optional(),
          original: z.boolean().optional(),
        }),
        output: z.object({ fileId: z.string(), name: z.string(), type: z.string(), bytes: z.number().int() }),
      },
    ),
    readFile: call('personality.read-file.v1', 'A piece of a written file, in base64.', {
      input: z.strictObject({ fileId: z.string().max(100), offset: z.number().int().min(0) }),
      output: z.object({ data: z.string(), end: z.boolean() }),
    }),
    setAvatar: call('personality.set-avatar.v1', 'Gives a character a picture that was brought in pieces.', {
      deadlineMs: 15_000,
      input: z.strictObject({ characterId: uuid, uploadId: uuid, pieces: z.number().int().min(1).max(100) }),
      output: characterDetail,
    }),
    readAvatar: call('personality.read-avatar.v1', 'The picture of a character, re-encoded for display.', {
      input: byCharacter,
      output: z.object({ data: z.string(), type: z.string(), version: z.string() }),
    }),
    readLorebook: call('personality.read-lorebook.v1', 'The entries of a lorebook, of a character or on its own.', {
      input: z.strictObject({ characterId: uuid.optional(), lorebookId: uuid.optional(), ...pageQuery.shape }),
      output: page(z.record(z.string(), z.unknown())),
    }),
    listLorebooks: call('personality.list-lorebooks.v1', 'The lorebooks of the person that belong to no card.', {
      input: z.strictObject({ targetId: uuid.optional() }),
      output: z.object({ items: z.array(lorebook) }),
    }),
    putLorebook: call('personality.put-lorebook.v1', 'A new lorebook, or another content for one.', {
      input: z.strictObject({
        id: uuid.optional(),
        scope: lorebook.shape.scope,
        targetId: uuid.nullable().optional(),
        body: lorebookBody,
        ifVersion: z.number().int().optional(),
      }),
      output: lorebook,
    }),
    exportLorebook: call(
      'personality.export-lorebook.v1',
      'Writes a lorebook as the file it came as; its bytes are read with read-file.',
      {
        input: z.strictObject({ id: uuid }),
        output: z.object({ fileId: z.string(), name: z.string(), type: z.string(), bytes: z.number().int() }),
      },
    ),
    deleteLorebook: call('personality.delete-lorebook.v1', 'Deletes a lorebook.', {
      input: z.strictObject({ id: uuid }),
      output: z.object({ deleted: z.literal(true) }),
    }),
    generate: call('personality.generate.v1', 'Begins to make a character; its progress comes on the feed.', {
      input: z.strictObject({ ...generationForm.shape, visibility: visibility.optional() }),
      output: generation,
    }),
    getGeneration: call('personality.get-generation.v1', 'How far a generation is.', {
      input: z.strictObject({ id: uuid }),
      output: generation,
    }),
    regenerateField: call(
      'personality.regenerate-field.v1',
      'Makes one field of a character anew; nothing is stored.',
      {
        deadlineMs: 120_000,
        input: z.strictObject({
          characterId: uuid,
          field: generatedField,
          hint: text(1_000).optional(),
          seed: z.number().int().optional(),
        }),
        output: z.object({ sheet: characterChanges, by: generation.shape.by }),
      },
    ),
    getMood: call('personality.get-mood.v1', 'The mood of a character towards the person.', {
      input: byCharacter,
      output: moodState,
    }),
    moodHistory: call('personality.mood-history.v1', 'The moods after each turn, newest first.', {
      input: z.strictObject({ characterId: uuid, ...pageQuery.shape }),
      output: page(moodSnapshot),
    }),
    setMood: call('personality.set-mood.v1', 'Switches moods on or off, or forgets the history.', {
      input: z.strictObject({ characterId: uuid, enabled: z.boolean().optional(), forget: z.boolean().optional() }),
      output: moodState,
    }),
    characterUsage: call(
      'personality.character-usage.v1',
      'How a character is used, for its owner; for others, their own share.',
      {
        input: byCharacter,
        output: z.object({
          turns: z.number().int(),
          people: z.number().int(),
          tokens: z.number().int(),
          milliseconds: z.number().int(),
          generations: z.number().int(),
          ratings: z.object({ count: z.number().int(), average: z.number().nullable() }),
        }),
      },
    ),
    rateCharacter: call('personality.rate-character.v1', 'The person’s rating of a character; the last one counts.', {
      input: z.strictObject({ characterId: uuid, stars: z.number().int().min(1).max(5) }),
      output: z.object({ stars: z.number().int() }),
    }),
    listPersonas: call('personality.list-personas.v1', 'Who the person can be in a story.', {
      input: z.strictObject({}),
      output: z.object({ items: z.array(persona) }),
    }),
    putPersona: call('personality.put-persona.v1', 'A new persona, or changes of one.', {
      input: z.strictObject({
        id: uuid.optional(),
        name: text(limits.titleCodePoints, 1),
        description: text(4_000),
        isDefault: z.boolean().optional(),
        ifVersion: z.number().int().optional(),
      }),
      output: persona,
    }),
    deletePersona: call('personality.delete-persona.v1', 'Deletes a persona.', {
      input: z.strictObject({ id: uuid }),
      output: z.object({ deleted: z.literal(true) }),
    }),
    getStory: call('personality.get-story.v1', 'Where a conversation stands as a story.', {
      input: z.strictObject({ conversationId: uuid }),
      output: story,
    }),
    updateStory: call('personality.update-story.v1', 'Sets cast, speaker order, persona, scene or ending.', {
      input: z.strictObject({
        conversationId: uuid,
        personaId: uuid.nullable().optional(),
        greeting: z.number().int().min(0).max(200).optional(),
        sceneId: text(64).nullable().optional(),
        endingId: text(64).nullable().optional(),
        cast: z.array(uuid).max(12).optional(),
        order: speakerOrder.optional(),
        ifVersion: z.number().int().optional(),
      }),
      output: story,
    }),
    speak: call('personality.speak.v1', 'Lets one of the characters in a conversation speak next.', {
      input: z.strictObject({ id: uuid, conversationId: uuid, characterId: uuid }),
      output: z.object({ turnId: uuid }),
    }),
    exportPage: call(
      'personality.export-page.v1',
      'All that personality holds of a person as JSON rows, page by page.',
      {
        input: z.strictObject({ cursor: z.string().optional() }),
        output: z.object({ rows: z.array(z.record(z.string(), z.unknown())), nextCursor: z.string().nullable() }),
      },
    ),
  },
  feeds: {
    personFrames: feed('personality.person-frames.v1', 'What has changed in the characters and moods of a person.', {
      key: 'person',
      schema: z.object({ type: z.literal('changed'), what: changedWhat, id: uuid, version: z.number().int() }),
    }),
    generationFrames: feed('personality.generation-frames.v1', 'How far a generation is; the key is its id.', {
      key: 'person',
      schema: generation,
    }),
  },
})
