import { z } from 'zod'
import { call, defineContract, event, feed } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { cutPart, page, pageQuery, recalled, tags, text, time, uuid } from './shapes.ts'
import { changedWhat } from './wire.ts'

export const memoryKind = z.enum(['fact', 'preference', 'event', 'relationship', 'plan', 'emotion', 'insight'])
export type MemoryKind = z.infer<typeof memoryKind>

/** What one self-contained sentence may hold, in code points. */
const memoryText = text(1_000, 1)
const query = text(32_000)
/** From 1, a passing remark, to 5, what a life turns on. */
const importance = z.number().int().min(1).max(5)
/** From -1, painful, to 1, joyful. */
const valence = z.number().min(-1).max(1)
const names = z.array(text(100, 1)).max(5)

export const memoryItem = z.object({
  id: uuid,
  text: z.string(),
  kind: memoryKind,
  /** Whom or what it is about: `user`, or a name. */
  subject: z.string(),
  importance,
  valence,
  /** From 0 to 1. */
  confidence: z.number(),
  observedAt: time,
  validFrom: time.optional(),
  validTo: time.optional(),
  supersededBy: uuid.optional(),
  pinned: z.boolean(),
  tags: z.array(z.string()),
  entities: z.array(z.string()),
  sensitivity: z.enum(['normal', 'sensitive']),
  /** Whose it is: absent for what all characters share. */
  characterId: uuid.optional(),
  sourceMessageIds: z.array(uuid),
  /** Who wrote it down: the person, a model, or the rules that work without one. */
  origin: z.enum(['person', 'model', 'rules']),
  usedCount: z.number().int(),
  lastUsedAt: time.optional(),
  version: z.number().int(),
})
export type MemoryItem = z.infer<typeof memoryItem>

const newMemory = z.strictObject({
  text: memoryText,
  kind: memoryKind.optional(),
  subject: text(100, 1).optional(),
  importance: importance.optional(),
  valence: valence.optional(),
  pinned: z.boolean().optional(),
  tags: tags.optional(),
  validFrom: time.optional(),
  validTo: time.optional(),
  characterId: uuid.optional(),
})

const memoryChanges = z.strictObject({
  text: memoryText.optional(),
  kind: memoryKind.optional(),
  importance: importance.optional(),
  valence: valence.optional(),
  pinned: z.boolean().optional(),
  tags: tags.optional(),
  validFrom: time.nullable().optional(),
  validTo: time.nullable().optional(),
  /** null shares it among all characters. */
  characterId: uuid.nullable().optional(),
})

const quoted = z.object({
  messageId: uuid,
  conversationId: uuid,
  speaker: z.enum(['person', 'character']),
  text: z.string(),
  at: time,
})

export const memorySettings = z.object({
  /** True: nothing is learned from new talks until it is false again. Talks themselves are kept by chat. */
  paused: z.boolean(),
  /** `shared`: every character knows what one has learned. `character`: each keeps its own. */
  sharing: z.enum(['shared', 'character']),
})
export type MemorySettings = z.infer<typeof memorySettings>

/** A point of a series that is ready to plot. */
const point = z.object({ date: z.string(), value: z.number(), count: z.number().int() })

export const insight = z.object({
  /** Stays the same while the insight does. */
  id: z.string(),
  kind: z.enum(['topic', 'worry', 'joy', 'person', 'goal', 'mood']),
  title: z.string(),
  summary: z.string(),
  /** From 0 to 1: how much there is of it. */
  weight: z.number(),
  progress: z.enum(['open', 'advancing', 'done', 'stalled']).optional(),
  firstAt: time,
  lastAt: time,
  sessions: z.number().int(),
  /** At least three, from at least two sessions. */
  proof: z.array(z.object({ kind: z.enum(['message', 'memory', 'journal']), id: uuid, text: z.string(), at: time })),
})
export type Insight = z.infer<typeof insight>

export const journalEntry = z.object({
  id: uuid,
  text: z.string(),
  /** From 1, very low, to 5, very good. */
  mood: z.number().int().min(1).max(5).optional(),
  tags: z.array(z.string()),
  prompt: z.string().optional(),
  createdAt: time,
  updatedAt: time,
  version: z.number().int(),
})
export type JournalEntry = z.infer<typeof journalEntry>

const newEntry = z.strictObject({
  text: text(20_000, 1),
  mood: z.number().int().min(1).max(5).optional(),
  tags: tags.optional(),
  prompt: text(500).optional(),
})
const ifVersion = z.number().int().optional()

export const memory = defineContract({
  service: 'memory',
  summary: 'Keeps what was said and answers what is remembered about this.',
  events: { erased: event('memory.erased.v1', 'memory has erased a person.', erasedPayload) },
  calls: {
    recall: call('memory.recall.v1', 'What is remembered about this, best first, within a token budget.', {
      deadlineMs: 1_500,
      input: z.strictObject({
        query,
        characterId: uuid.nullable().optional(),
        conversationId: uuid.nullable().optional(),
        /** Memory catches up to this revision of the conversation within the deadline, or leaves out what it cannot prove current. */
        revision: z.number().int().optional(),
        /** Already in the prompt, so not to be recalled. */
        exceptMessageIds: z.array(uuid).max(500).optional(),
        limit: z.number().int().min(1).max(100).optional(),
        tokenBudget: z.number().int().min(0).max(20_000).optional(),
        /** What held then, and not what holds now. */
        asOf: time.optional(),
        /** The names by which person and character are called, so that a question about one finds what that one said. */
        personNames: names.optional(),
        characterNames: names.optional(),
      }),
      output: z.object({
        items: z.array(recalled),
        cut: z.array(cutPart),
        current: z.boolean(),
        /** What recall had to do without: `vectors`. */
        degraded: z.array(z.string()).optional(),
      }),
    }),
    listMemories: call('memory.list.v1', 'The memories of a person, latest first; with `q` the best first.', {
      input: z.strictObject({
        ...pageQuery.shape,
        q: text(500).optional(),
        kind: memoryKind.optional(),
        characterId: uuid.optional(),
        pinned: z.boolean().optional(),
        asOf: time.optional(),
        /** True: also what has been superseded. */
        history: z.boolean().optional(),
      }),
      output: page(memoryItem),
    }),
    getMemory: call('memory.get.v1', 'One memory.', { input: z.strictObject({ id: uuid }), output: memoryItem }),
    addMemory: call('memory.add.v1', 'Writes down a memory in the words of the person. The same id is one memory.', {
      input: z.strictObject({ id: uuid, ...newMemory.shape }),
      output: memoryItem,
    }),
    editMemory: call('memory.edit.v1', 'Corrects a memory; the old version stays in its history.', {
      input: z.strictObject({ id: uuid, ...memoryChanges.shape, ifVersion }),
      output: memoryItem,
    }),
    forgetMemory: call('memory.forget.v1', 'Forgets a memory for good; it is not learned again from the same words.', {
      input: z.strictObject({ id: uuid, ifVersion }),
      output: z.object({ forgotten: z.record(z.string(), z.number().int()) }),
    }),
    explainMemory: call('memory.explain.v1', 'Why a memory is held: what was said, and its earlier versions.', {
      input: z.strictObject({ id: uuid }),
      output: z.object({
        memory: memoryItem,
        sources: z.array(quoted),
        versions: z.array(z.object({ version: z.number().int(), text: z.string(), at: time, reason: z.string() })),
        supersedes: z.array(z.object({ id: uuid, text: z.string(), validTo: time.optional() })),
      }),
    }),
    getSettings: call('memory.settings.v1', 'Whether memory learns, and for whom.', {
      input: z.strictObject({}),
      output: memorySettings,
    }),
    setSettings: call('memory.set-settings.v1', 'Pauses memory or lets it go on; shares it among characters or not.', {
      input: z.strictObject({ paused: z.boolean().optional(), sharing: memorySettings.shape.sharing.optional() }),
      output: memorySettings,
    }),
    insights: call(
      'memory.insights.v1',
      'What recurs in a person’s talks and journal, each with its proof; series to plot.',
      {
        input: z.strictObject({ days: z.number().int().min(7).max(3_650).optional(), characterId: uuid.optional() }),
        output: z.object({
          items: z.array(insight),
          series: z.object({
            /** A day each; from -1 to 1. */
            mood: z.array(point),
            /** A day each; from 1 to 5. */
            journal: z.array(point),
            topics: z.array(z.object({ topic: z.string(), points: z.array(point) })),
          }),
        }),
      },
    ),
    listJournal: call('memory.journal.v1', 'The journal of a person, latest first.', {
      input: z.strictObject({ ...pageQuery.shape, tag: text(64, 1).optional(), q: text(500).optional() }),
      output: page(journalEntry),
    }),
    addJournal: call('memory.journal-add.v1', 'Writes an entry. The same id is one entry.', {
      input: z.strictObject({ id: uuid, ...newEntry.shape }),
      output: journalEntry,
    }),
    editJournal: call('memory.journal-edit.v1', 'Changes an entry.', {
      input: z.strictObject({
        id: uuid,
        text: newEntry.shape.text.optional(),
        mood: z.number().int().min(1).max(5).nullable().optional(),
        tags: tags.optional(),
        ifVersion,
      }),
      output: journalEntry,
    }),
    removeJournal: call('memory.journal-remove.v1', 'Deletes an entry for good.', {
      input: z.strictObject({ id: uuid, ifVersion }),
      output: z.object({}),
    }),
    journalPrompts: call('memory.journal-prompts.v1', 'Questions to write about, drawn from recent days.', {
      input: z.strictObject({ limit: z.number().int().min(1).max(10).optional() }),
      output: z.object({ items: z.array(z.string()) }),
    }),
    reindex: call(
      'memory.reindex.v1',
      'Makes the vectors of the next so many texts anew, with the embedder of now (system scope only).',
      {
        deadlineMs: 60_000,
        input: z.strictObject({
          cursor: z.string().max(500).optional(),
          limit: z.number().int().min(1).max(500).optional(),
        }),
        output: z.object({
          done: z.number().int(),
          total: z.number().int(),
          nextCursor: z.string().nullable(),
          model: z.string().nullable(),
        }),
      },
    ),
    exportPage: call('memory.export-page.v1', 'All that memory holds of a person as JSON rows, page by page.', {
      input: z.strictObject({ cursor: z.string().optional() }),
      output: z.object({ rows: z.array(z.record(z.string(), z.unknown())), nextCursor: z.string().nullable() }),
    }),
  },
  feeds: {
    personFrames: feed('memory.person-frames.v1', 'What has changed in the memories of a person.', {
      key: 'person',
      schema: z.object({ type: z.literal('changed'), what: changedWhat, id: uuid, version: z.number().int() }),
    }),
  },
})
