import {
  type CharacterSheet,
  type Generation,
  type GenerationForm,
  generationStages,
  type LorebookBody,
  LunaError,
} from '@luna/contracts'
import type { Models } from '@luna/models'
import { grammarStage } from './grammar.ts'
import * as prompts from './prompts/v1.ts'
import { type Drafted, type Stage, type StageValue, stageSchemas, withStage } from './stages.ts'

export interface Progress {
  done: readonly Stage[]
  sheet: Partial<CharacterSheet>
}

export interface Drawn {
  sheet: Partial<CharacterSheet> & { name: string }
  lorebook: LorebookBody | null
}

export interface GenerationOptions {
  form: GenerationForm
  seed: number
  /** Null: the grammar. */
  models: Models | null
  signal: AbortSignal
  onProgress(progress: Progress): Promise<void>
}

/** Stage after stage, each seeing what is there already. What the form says stands, whatever a model answers. */
export async function runGeneration({ form, seed, models, signal, onProgress }: GenerationOptions): Promise<Drawn> {
  let draft: Drafted = { sheet: fromForm(form), lorebook: null }
  const done: Stage[] = []
  const stages = generationStages.filter(stage => stage !== 'scenes' || form.scenes !== 0)
  for (const stage of stages) {
    signal.throwIfAborted()
    const value = models ? await askStage(models, stage, form, draft, signal) : grammarStage(stage, form, seed)
    draft = withStage(draft, stage, value)
    draft = { ...draft, sheet: { ...draft.sheet, ...fromForm(form) } }
    done.push(stage)
    await onProgress({ done: [...done], sheet: draft.sheet })
  }
  const { name } = draft.sheet
  if (!name) throw new LunaError('provider-failed', 'The model gave the character no name. Try again, or give it one.')
  return { sheet: { ...draft.sheet, name }, lorebook: draft.lorebook }
}

const fromForm = (form: GenerationForm): Partial<CharacterSheet> => ({
  ...(form.name ? { name: form.name } : {}),
  ...(form.traits?.length ? { traits: form.traits } : {}),
  ...(form.gender ? { gender: form.gender } : {}),
  ...(form.age ? { age: form.age } : {}),
  ...(form.voice ? { voice: form.voice } : {}),
  ...(form.language ? { language: form.language } : {}),
})

const stageTokens = 3_000

export async function askStage<S extends Stage>(
  models: Pick<Models, 'structured'>,
  stage: S,
  form: GenerationForm,
  draft: Drafted,
  signal: AbortSignal,
): Promise<StageValue<S>> {
  const scenes =
    stage === 'scenes' && form.scenes ? `Write exactly ${form.scenes} scenes and two or three endings.` : ''
  const known = Object.keys(draft.sheet).length > 0 ? `What is known already:\n${JSON.stringify(draft.sheet)}` : ''
  const { value } = await models.structured(
    stageSchemas[stage],
    {
      name: `character-${stage}`,
      maxTokens: stageTokens,
      temperature: 0.9,
      messages: [
        { role: 'system', content: prompts.role },
        { role: 'system', content: prompts.format[stage] },
        { role: 'user', content: [prompts.profile(form), known, scenes].filter(text => text !== '').join('\n\n') },
        { role: 'system', content: prompts.constraints(form) },
      ],
    },
    { signal },
  )
  return value as StageValue<S>
}

export const running = (id: string, by: Generation['by']): Generation => ({
  id,
  state: 'running',
  done: [],
  sheet: {},
  characterId: null,
  by,
  error: null,
})
