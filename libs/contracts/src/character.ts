import { z } from 'zod'
import { limits } from './limits.ts'
import { character, tags, text, uuid } from './shapes.ts'

/** Sizes of what people write into a character, in code points. */
export const sheetLimits = { line: 200, paragraph: 4_000, page: 32_000, list: 100 } as const

const line = text(sheetLimits.line)
const paragraph = text(sheetLimits.paragraph)
const longText = text(sheetLimits.page)

/** A place in a story: the model is told its text while it is the present one; a key that is said leads on to the next. */
export const scene = z.object({
  id: text(64, 1),
  title: line,
  text: paragraph,
  /** Words or /patterns/ that, once said, end the scene (or reach the ending). None: only the person moves on. */
  keys: z.array(text(sheetLimits.line, 1)).max(20).default([]),
})
export type Scene = z.infer<typeof scene>

export const startOption = z.object({ title: line, text: longText })

/** Valence from -1 (low) to 1 (glad), arousal from -1 (quiet) to 1 (excited): Russell's circumplex model of affect. */
export const moodPoint = z.object({ valence: z.number().min(-1).max(1), arousal: z.number().min(-1).max(1) })
export type MoodPoint = z.infer<typeof moodPoint>

/** Each from 0 to 1. */
export const skills = z.object({
  empathy: z.number().min(0).max(1),
  humour: z.number().min(0).max(1),
  patience: z.number().min(0).max(1),
})
export type Skills = z.infer<typeof skills>

export const profileNames = ['listening', 'cognitive', 'mindfulness', 'motivation', 'grief'] as const

/** What a person writes of a character. Empty texts are allowed everywhere but in the name. */
export const characterSheet = z.object({
  name: text(sheetLimits.line, 1),
  nickname: line,
  description: longText,
  personality: longText,
  scenario: longText,
  greeting: longText,
  alternateGreetings: z.array(longText).max(sheetLimits.list),
  exampleDialogue: longText,
  systemPrompt: longText,
  postHistoryInstructions: longText,
  creatorNotes: longText,
  creator: line,
  characterVersion: line,
  tags,
  traits: z.array(line).max(32),
  age: line,
  gender: line,
  voice: line,
  /** BCP 47, such as `de` or `pt-BR`; empty when it is not known. */
  language: z.string().max(35),
  backstory: longText,
  storyContext: longText,
  startOptions: z.array(startOption).max(20),
  scenes: z.array(scene).max(50),
  endings: z.array(scene).max(20),
  /** Where moods come to rest. */
  mood: moodPoint,
  skills,
  /** A therapeutic profile of Luna's; empty for none. */
  profile: z.enum([...profileNames, '']),
})
export type CharacterSheet = z.infer<typeof characterSheet>

export const characterChanges = characterSheet.partial()

export const lorebookEntry = z.looseObject({
  keys: z.array(z.string().max(1_000)).max(200).default([]),
  content: z.string().max(100_000),
})

/** A lorebook as a character card holds it (Character Card V3, `character_book`); unknown fields stay. */
export const lorebookBody = z.looseObject({
  name: z.string().max(200).optional(),
  entries: z.array(lorebookEntry).max(5_000),
})
export type LorebookBody = z.infer<typeof lorebookBody>

/** A character with its sheet; fields that only the owner sees are missing for others. */
export const characterDetail = character.extend({
  sheet: characterSheet.partial().optional(),
  own: z.boolean().optional(),
  builtIn: z.boolean().optional(),
  language: z.string().optional(),
  loreEntries: z.number().int().optional(),
  createdAt: z.string().optional(),
  updatedAt: z.string().optional(),
})
export type CharacterDetail = z.infer<typeof characterDetail>

export const facets = z.object({
  tags: z.array(z.object({ value: z.string(), count: z.number().int() })),
  languages: z.array(z.object({ value: z.string(), count: z.number().int() })),
  visibility: z.array(z.object({ value: z.string(), count: z.number().int() })),
})
export type Facets = z.infer<typeof facets>

export const moodState = z.object({
  characterId: uuid,
  enabled: z.boolean(),
  ...moodPoint.shape,
  /** The word for where the point lies, such as `calm` or `cheerful`. */
  name: z.string(),
  skills,
  baseline: moodPoint,
  turns: z.number().int(),
  updatedAt: z.string().nullable(),
  version: z.number().int(),
})
export type MoodState = z.infer<typeof moodState>

export const moodSnapshot = z.object({
  turnId: uuid,
  at: z.string(),
  ...moodPoint.shape,
  name: z.string(),
  skills,
  /** The sentiment of what was said, -1 to 1. */
  sentiment: z.number(),
})
export type MoodSnapshot = z.infer<typeof moodSnapshot>

export const persona = z.object({
  id: uuid,
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  version: z.number().int(),
})
export type Persona = z.infer<typeof persona>

export const speakerOrder = z.enum(['natural', 'list', 'chosen'])

/** Where a conversation stands as a story: who is in it, who the person is, which scene. */
export const story = z.object({
  conversationId: uuid,
  personaId: uuid.nullable(),
  /** Index of the greeting: 0 the first, then the alternate ones, then the start options. */
  greeting: z.number().int(),
  sceneId: z.string().nullable(),
  endingId: z.string().nullable(),
  reached: z.array(z.string()),
  cast: z.array(uuid),
  order: speakerOrder,
  version: z.number().int(),
})
export type Story = z.infer<typeof story>

export const lorebook = z.object({
  id: uuid,
  name: z.string(),
  scope: z.enum(['person', 'character', 'conversation']),
  /** Of the character or conversation. */
  targetId: uuid.nullable(),
  entries: z.number().int(),
  version: z.number().int(),
})
export type Lorebook = z.infer<typeof lorebook>

export const generationForm = z.object({
  /** A few words, or nothing when the form says enough. */
  idea: text(2_000).optional(),
  name: line.optional(),
  traits: z.array(line).max(10).optional(),
  gender: line.optional(),
  age: line.optional(),
  language: z.string().max(35).optional(),
  voice: line.optional(),
  scenes: z.number().int().min(0).max(12).optional(),
  /** The same seed gives the same character where no model is used. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .optional(),
})
export type GenerationForm = z.infer<typeof generationForm>

export const generationStages = ['identity', 'backstory', 'greetings', 'scenes', 'lorebook'] as const

export const generation = z.object({
  id: uuid,
  state: z.enum(['running', 'done', 'failed']),
  /** Stages that are done, in order. */
  done: z.array(z.enum(generationStages)),
  /** What there is so far. */
  sheet: characterSheet.partial(),
  characterId: uuid.nullable(),
  /** `model`, or `grammar` when there was none. */
  by: z.enum(['model', 'grammar']),
  error: z.string().nullable(),
})
export type Generation = z.infer<typeof generation>

/** A field of a sheet that can be made anew alone. */
export const generatedField = z.enum([
  'description',
  'personality',
  'scenario',
  'greeting',
  'exampleDialogue',
  'backstory',
  'storyContext',
  'scenes',
  'endings',
  'startOptions',
])

/** What became of one row of a bulk request. */
export const bulkResult = z.object({
  index: z.number().int(),
  id: uuid.nullable(),
  ok: z.boolean(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
})

export const fieldChange = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })

export const cardFormat = z.enum(['png', 'json', 'charx'])
export const cardSpec = z.enum(['v1', 'v2', 'v3'])

/** A file that came or goes in pieces, since a bus message has a limit. */
export const fileLimits = { pieceBytes: 512 * 1024, cardBytes: 32 * 1024 * 1024, bulkRows: limits.pageRows } as const
