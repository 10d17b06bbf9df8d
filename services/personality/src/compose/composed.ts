import type { PromptPart } from '@luna/contracts'
import { personOf, type Scope } from '@luna/service'
import { blurbOf } from '../catalogue/document.ts'
import { loadCharacter, noCharacter } from '../catalogue/store.ts'
import type { PersonalityContext } from '../context.ts'
import { activate, type LoreResult, type LoreState } from '../lore/activate.ts'
import { bookDefaults } from '../lore/entry.ts'
import { rest } from '../mood/step.ts'
import { composeParts } from './parts.ts'
import { type PreparedCharacter, prepareCharacter } from './prepare.ts'
import { tokensOf } from './prompt-part.ts'
import { type ComposeState, loadState } from './state.ts'

export interface Composed {
  readonly character: PreparedCharacter
  readonly parts: PromptPart[]
  readonly lore: { entry: string; why: string }[]
  /** The timings of lorebook entries, if they have changed. */
  readonly timings: LoreState | null
}

export interface ComposeRequest {
  characterId: string | null
  conversationId: string | null
  personName: string | undefined
  recent: readonly string[]
}

const fresh: ComposeState = {
  version: null,
  persona: null,
  mood: null,
  moodEnabled: true,
  turns: 0,
  greeting: 0,
  cast: [],
  story: { sceneId: null, endingId: null, reached: [] },
  lore: {},
  books: [],
}

/** The prompt of a character for this person, here and now. */
export async function composeFor(ctx: PersonalityContext, scope: Scope, request: ComposeRequest): Promise<Composed> {
  const id = request.characterId ?? ctx.starters.standardId
  const state = scope.kind === 'system' ? fresh : await loadState(ctx, scope, id, request.conversationId)
  const character = await findPrepared(ctx, scope, id, state.version)
  const lore = loreOf(character, state, request)
  const baseline = { point: character.sheet.mood, skills: character.sheet.skills }
  const now = ctx.clock.now()
  const mood = state.mood ? rest(state.mood, baseline, now.getTime() - state.mood.at.getTime()) : baseline
  const cast = await castOf(ctx, scope, state.cast, id)
  const parts = composeParts({
    character,
    personName: request.personName,
    persona: state.persona,
    mood: state.moodEnabled ? mood : null,
    cast,
    greeting: state.greeting,
    sceneId: state.story.sceneId,
    endingId: state.story.endingId,
    lore,
    recent: request.recent,
    turns: state.turns,
    now,
    seed: `${request.conversationId ?? ''}|${state.turns}`,
  })
  return {
    character,
    parts,
    lore: [...lore.fired.map(({ entry, why }) => ({ entry: entry.name, why })), ...unusable(character, state)],
    timings: JSON.stringify(lore.state) === JSON.stringify(state.lore) ? null : lore.state,
  }
}

/** From the cache, which is keyed by version: what is stored newer is read anew. */
export async function findPrepared(
  ctx: PersonalityContext,
  scope: Scope,
  id: string,
  version: number | null,
): Promise<PreparedCharacter> {
  const builtIn = await ctx.starters.prepared(id)
  if (builtIn) return builtIn
  if (version === null) throw noCharacter()
  const key = `${id}:${version}`
  const known = ctx.prepared.get(key)
  if (known) return known
  const stored = await loadCharacter(ctx, scope, id)
  const prepared = await prepareCharacter(stored)
  ctx.prepared.set(`${id}:${stored.version}`, prepared)
  return prepared
}

/** All books together, as one list with one budget: the character's own settings hold where it has a book. */
function loreOf(
  character: PreparedCharacter,
  state: ComposeState,
  { conversationId, recent }: ComposeRequest,
): LoreResult {
  const books = [...(character.book ? [character.book] : []), ...state.books]
  if (books.length === 0) return { fired: [], dropped: [], state: {} }
  const settings = character.book?.book ?? books[0]?.book ?? { ...bookDefaults, recursive: false }
  return activate({
    book: { ...settings, recursive: books.some(({ book }) => book.recursive) },
    entries: books.flatMap(({ entries }) => entries),
    messages: recent,
    // A turn is two messages; the one that is being answered counts.
    count: state.turns * 2 + 1,
    seed: `${conversationId ?? ''}|${character.id}`,
    state: state.lore,
    tokensOf,
  })
}

const unusable = (character: PreparedCharacter, state: ComposeState): Composed['lore'] =>
  [...(character.book ? [character.book] : []), ...state.books]
    .flatMap(({ entries }) => entries)
    .filter(prepared => prepared.unusable.length > 0)
    .slice(0, 10)
    .map(prepared => ({
      entry: prepared.entry.name,
      why: 'did not fire: its pattern needs look-around or a back reference',
    }))

async function castOf(ctx: PersonalityContext, scope: Scope, cast: readonly string[], speakerId: string) {
  const others = cast.filter(id => id !== speakerId)
  if (others.length === 0) return []
  personOf(scope)
  const versions = await ctx.db.transaction(scope, ({ sql }) =>
    sql
      .selectFrom('characters')
      .select(['id', 'version'])
      .where('id', 'in', [...others])
      .execute(),
  )
  const byId = new Map(versions.map(row => [row.id, row.version]))
  const found = await Promise.all(
    others.map(id => findPrepared(ctx, scope, id, byId.get(id) ?? null).catch(() => null)),
  )
  return found.flatMap(other => (other ? [{ name: other.sheet.name, blurb: blurbOf(other.sheet) }] : []))
}
