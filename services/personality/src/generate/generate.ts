import { type Generation, type GenerationForm, LunaError, personality } from '@luna/contracts'
import { type CallHandlers, type PersonKey, personOf, type Scope } from '@luna/service'
import { newCard } from '../cards/sheet.ts'
import { store } from '../catalogue/create-character.ts'
import { withBook } from '../catalogue/document.ts'
import type { PersonalityContext } from '../context.ts'
import type { Shelf } from '../db/tables.ts'
import { countGeneration } from '../usage/usage.ts'
import { version } from './prompts/v1.ts'
import { runGeneration, running } from './run-generation.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** A generation that has not moved for so long is lost: its process is gone. In milliseconds. */
const lostAfterMs = 180_000
const place = (id: string): string => `personality.generations.body:${id}`

/** Answers at once; the work goes on, its progress on the feed and in the row. */
export const generate: Handlers['generate'] = async ({ visibility, ...input }, ctx, { scope }) => {
  const personId = personOf(scope)
  const models = await ctx.models()
  const key = await ctx.keys.of(personId)
  const form = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as GenerationForm
  const first = running(ctx.random.id(), models.hasModel ? 'model' : 'grammar')
  await ctx.db.transaction(scope, ({ sql }) =>
    sql
      .insertInto('generations')
      .values({ id: first.id, person_id: personId, state: 'running', body: key.sealJson(first, place(first.id)) })
      .execute(),
  )
  ctx.work.start(signal => work(ctx, scope, key, { first, form, visibility: visibility ?? 'private', signal }))
  return first
}

interface Work {
  first: Generation
  form: GenerationForm
  visibility: Shelf
  signal: AbortSignal
}

async function work(
  ctx: PersonalityContext,
  scope: Scope,
  key: PersonKey,
  { first, form, visibility, signal }: Work,
): Promise<void> {
  let now = first
  const say = async (next: Generation): Promise<void> => {
    now = next
    await ctx.db.transaction(scope, ({ sql }) =>
      sql
        .updateTable('generations')
        .set(eb => ({
          state: next.state,
          body: key.sealJson(next, place(next.id)),
          updated_at: eb.fn<Date>('now', []),
        }))
        .where('id', '=', next.id)
        .execute(),
    )
    ctx.emit(personality.feeds.generationFrames, next.id, next)
  }
  try {
    const models = await ctx.models()
    const { sheet, lorebook } = await runGeneration({
      form,
      seed: form.seed ?? Math.floor(ctx.random.number() * 2 ** 31),
      models: models.hasModel ? models : null,
      signal,
      onProgress: progress => say({ ...now, done: [...progress.done], sheet: progress.sheet }),
    })
    const document = { slug: '', card: withBook(newCard(sheet), lorebook), image: null, files: {}, original: null }
    const made = await store(ctx, scope, { document, visibility, changed: [`generated, prompts ${version}`] })
    await ctx.db.transaction(scope, tx => countGeneration(tx, personOf(scope), made.id))
    await say({ ...now, state: 'done', sheet, characterId: made.id })
  } catch (error) {
    const known = LunaError.from(error)
    if (known.code === 'internal') ctx.log.error({ err: error, generationId: first.id }, 'a generation failed')
    const reason = signal.aborted ? 'Luna was stopped meanwhile. Begin again.' : known.message
    await say({ ...now, state: 'failed', error: reason }).catch((failure: unknown) =>
      ctx.log.warn({ err: failure, generationId: first.id }, 'the end of a generation could not be stored'),
    )
  }
}

export const getGeneration: Handlers['getGeneration'] = async ({ id }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const row = await ctx.db.transaction(scope, ({ sql }) =>
    sql.selectFrom('generations').selectAll().where('id', '=', id).executeTakeFirst(),
  )
  if (!row) throw new LunaError('not-found', 'There is no such generation.')
  const body = key.openJson(row.body, place(id)) as Generation
  const isLost = row.state === 'running' && ctx.clock.now().getTime() - row.updated_at.getTime() > lostAfterMs
  return isLost
    ? { ...body, state: 'failed', error: 'It was interrupted. What was made so far is here; begin again for the rest.' }
    : body
}
