import { type CharacterSheet, type GenerationForm, type generatedField, type personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { z } from 'zod'
import { sheetOf } from '../cards/sheet.ts'
import { loadCharacter } from '../catalogue/store.ts'
import type { PersonalityContext } from '../context.ts'
import { countGeneration } from '../usage/usage.ts'
import { grammarStage } from './grammar.ts'
import { askStage } from './run-generation.ts'
import { type Stage, withStage } from './stages.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>
type Field = z.infer<typeof generatedField>

const stageOf: Readonly<Record<Field, Stage>> = {
  description: 'identity',
  personality: 'identity',
  scenario: 'identity',
  greeting: 'greetings',
  exampleDialogue: 'greetings',
  startOptions: 'greetings',
  backstory: 'backstory',
  storyContext: 'backstory',
  scenes: 'scenes',
  endings: 'scenes',
}

/** One field made anew from all the others; the caller decides whether to keep it. */
export const regenerateField: Handlers['regenerateField'] = async (
  { characterId, field, hint, seed },
  ctx,
  { scope },
) => {
  const personId = personOf(scope)
  const { document } = await loadCharacter(ctx, scope, characterId)
  const { [field]: _old, ...sheet } = sheetOf(document.card)
  const form: GenerationForm = {
    name: sheet.name,
    ...(hint ? { idea: hint } : {}),
    ...(sheet.language ? { language: sheet.language } : {}),
    ...(sheet.traits.length > 0 ? { traits: sheet.traits.slice(0, 10) } : {}),
  }
  const models = await ctx.models()
  const stage = stageOf[field]
  const drawn = seed ?? Math.floor(ctx.random.number() * 2 ** 31)
  const known = Object.fromEntries(
    Object.entries(sheet).filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0)),
  )
  const value = models.hasModel
    ? await askStage(
        models,
        stage,
        form,
        { sheet: known as Partial<CharacterSheet>, lorebook: null },
        AbortSignal.timeout(110_000),
      )
    : grammarStage(stage, form, drawn)
  const made = withStage({ sheet: {}, lorebook: null }, stage, value)
  await ctx.db.transaction(scope, tx => countGeneration(tx, personId, characterId))
  return { sheet: { [field]: made.sheet[field] }, by: models.hasModel ? ('model' as const) : ('grammar' as const) }
}
