import type { CharacterSheet, generationStages, LorebookBody } from '@luna/contracts'
import { z } from 'zod'

export type Stage = (typeof generationStages)[number]

const line = z.string().max(200)
const short = z.string().max(4_000)
const long = z.string().max(16_000)
const keyed = z.strictObject({ title: line, text: short, keys: z.array(z.string().min(1).max(100)).max(5) })

/** What each stage answers: closed objects with every key required, as strict modes want them. */
export const stageSchemas = {
  identity: z.strictObject({
    name: z.string().min(1).max(100),
    description: long.min(1),
    personality: short,
    scenario: short,
    creatorNotes: short,
    traits: z.array(line).max(10),
    tags: z.array(z.string().min(1).max(40)).max(8),
    age: line,
    gender: line,
    voice: line,
  }),
  backstory: z.strictObject({ backstory: long, storyContext: short }),
  greetings: z.strictObject({
    greeting: long.min(1),
    alternateGreetings: z.array(long).max(4),
    startOptions: z.array(z.strictObject({ title: line, text: short })).max(6),
    exampleDialogue: long,
  }),
  scenes: z.strictObject({ scenes: z.array(keyed).max(12), endings: z.array(keyed).max(6) }),
  lorebook: z.strictObject({
    entries: z
      .array(z.strictObject({ name: line, keys: z.array(z.string().min(1).max(60)).max(6), content: short }))
      .max(12),
  }),
} as const satisfies Record<Stage, z.ZodType>

export type StageValue<S extends Stage> = z.output<(typeof stageSchemas)[S]>

export interface Drafted {
  sheet: Partial<CharacterSheet>
  lorebook: LorebookBody | null
}

/** The draft with what a stage has brought. */
export function withStage<S extends Stage>(draft: Drafted, stage: S, value: StageValue<S>): Drafted {
  if (stage === 'lorebook') {
    const { entries } = value as StageValue<'lorebook'>
    return entries.length === 0 ? draft : { ...draft, lorebook: bookOf(entries) }
  }
  if (stage === 'scenes') {
    const { scenes, endings } = value as StageValue<'scenes'>
    const numbered = (list: typeof scenes, prefix: string) =>
      list.map((one, index) => ({ id: `${prefix}${index + 1}`, ...one }))
    return {
      ...draft,
      sheet: { ...draft.sheet, scenes: numbered(scenes, 'scene-'), endings: numbered(endings, 'ending-') },
    }
  }
  return { ...draft, sheet: { ...draft.sheet, ...(value as Partial<CharacterSheet>) } }
}

/** As Character Card V3 writes a lorebook. */
const bookOf = (entries: StageValue<'lorebook'>['entries']): LorebookBody => ({
  extensions: {},
  entries: entries.map(({ name, keys, content }, index) => ({
    name,
    keys,
    content,
    enabled: true,
    insertion_order: 100 + index,
    use_regex: false,
    extensions: {},
  })),
})
