import type { CallInput, CallOutput, memory } from '@luna/contracts'
import { type CallRequest, type PersonKey, personOf } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import { catchUp } from '../follow/catch-up.ts'
import { type Ranked, rank } from '../rank/rank.ts'
import { type Question, readQuestion } from '../rank/read-question.ts'
import { choose, type Wish } from './choose.ts'
import { noteUse } from './note-use.ts'
import { openFound } from './open-found.ts'
import { pack } from './pack.ts'
import { readStanding, type Standing } from './read-standing.ts'
import { upToDate } from './up-to-date.ts'

type Definition = typeof memory.calls.recall
type Input = CallInput<Definition>

const defaults = { tokenBudget: 1_000, limit: 20 } as const
/** So many are opened for each that is wanted: some say the same, some no longer stand. */
const openedForEach = 3

/** What was said before, and what was learned from it, that has to do with this. */
export async function recall(input: Input, ctx: MemoryContext, request: CallRequest): Promise<CallOutput<Definition>> {
  const personId = personOf(request.scope)
  const key = await ctx.keys.of(personId)
  const now = ctx.clock.now()
  const asOf = input.asOf === undefined ? null : new Date(input.asOf)
  const question = readQuestion(input.query, asOf ?? now, {
    person: input.personNames ?? [],
    character: input.characterNames ?? [],
  })
  const { standing, current } = await readCurrent(ctx, key, personId, input)
  const wish: Wish = {
    characterId: input.characterId ?? null,
    ownOnly: standing.sharing === 'character',
    leaveOut: current ? null : (input.conversationId ?? null),
    stale: standing.stale,
    except: new Set(input.exceptMessageIds),
    at: asOf ?? now,
    past: asOf !== null,
  }
  const limit = input.limit ?? defaults.limit
  const { chosen, degraded } = await find(ctx, key, personId, { question, text: input.query, wish, limit })
  const found = await openFound(ctx, key, personId, chosen, { leaveOut: wish.leaveOut, withWithheld: wish.past })
  const packed = pack(found, { tokenBudget: input.tokenBudget ?? defaults.tokenBudget, limit })
  noteUse(ctx, personId, packed.items)
  return { ...packed, current, ...(degraded.length > 0 ? { degraded } : {}) }
}

/** Where things stand; a conversation that has moved on is caught up with first. */
async function readCurrent(
  ctx: MemoryContext,
  key: PersonKey,
  personId: string,
  { conversationId = null, revision = -1 }: Input,
): Promise<{ standing: Standing; current: boolean }> {
  const at = conversationId === null ? null : { personId, conversationId }
  const standing = await readStanding(ctx, key, personId, at && { ...at, revision })
  if (standing.current || at === null) return { standing, current: true }
  const current = await catchUp(ctx, key, at, revision)
  return { standing: await readStanding(ctx, key, personId, null), current }
}

interface Search {
  question: Question
  text: string
  wish: Wish
  limit: number
}

async function find(ctx: MemoryContext, key: PersonKey, personId: string, { question, text, wish, limit }: Search) {
  const [index, { near, degraded }] = await Promise.all([
    upToDate(ctx, key, personId, question),
    ctx.vectors.near(personId, text),
  ])
  const { hides, pinned } = choose(index, wish)
  const ranked = rank(index, question, { hides, limit: limit * openedForEach + pinned.length, near })
  return { chosen: [...pinnedFirst(ranked, pinned)], degraded }
}

/** Pinned memories come whatever is asked; then what is above the floor. */
function* pinnedFirst(ranked: readonly Ranked[], pinned: readonly string[]): Generator<Ranked> {
  const byId = new Map(ranked.map(each => [each.id, each]))
  for (const id of pinned)
    yield byId.get(id) ?? {
      id,
      score: 0,
      matched: [],
      beside: [],
      similar: [],
      terms: [],
      speaks: true,
      timeFits: false,
    }
  const first = new Set(pinned)
  for (const each of ranked) if (!first.has(each.id) && each.score >= floorOf(each)) yield each
}

/** Under this score something has too little to do with the question to be recalled. */
const floor = 0.35
/** What has no word of the question itself must stand right beside much of it. */
const floorBeside = 0.5
/** What has none there either must lie in the middle of all that was asked for. */
const floorNear = 0.7
const floorOf = ({ speaks, beside, similar }: Ranked): number => {
  if (speaks) return floor
  return beside.length + similar.length > 0 ? floorBeside : floorNear
}
