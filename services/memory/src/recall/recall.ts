import type { CallInput, CallOutput, memory } from '@luna/contracts'
import { type CallRequest, personOf } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import { catchUp } from '../follow/catch-up.ts'
import { type Candidates, findCandidates } from './candidates.ts'
import { pack } from './pack.ts'
import { readQuery } from './read-query.ts'
import { rate } from './score.ts'

type Definition = typeof memory.calls.recall

const defaults = { tokenBudget: 1_000, limit: 20 } as const

const nothing: Candidates = { texts: [], corpus: { messages: 0, averageWords: 0, occurrences: new Map() } }

/** What was said before that has to do with this. */
export async function recall(
  input: CallInput<Definition>,
  ctx: MemoryContext,
  request: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(request.scope)
  const key = await ctx.keys.of(personId)
  const { conversationId = null, revision, characterId = null } = input
  const asOf = conversationId === null ? null : { conversationId, revision: revision ?? -1 }
  const query = readQuery(input.query)
  const reach = { personId, characterId, leaveOut: null, except: input.exceptMessageIds ?? [] }
  const atOnce = query.length === 0 ? null : await findCandidates(ctx, key, reach, query, asOf)
  const current = atOnce !== null || asOf === null || (await catchUp(ctx, key, { personId, ...asOf }, asOf.revision))
  if (query.length === 0) return { items: [], cut: [], current }
  const found =
    atOnce ?? (await findCandidates(ctx, key, { ...reach, leaveOut: current ? null : conversationId }, query))
  const { texts, corpus } = found ?? nothing
  const packed = pack(rate(query, texts, corpus), {
    tokenBudget: input.tokenBudget ?? defaults.tokenBudget,
    limit: input.limit ?? defaults.limit,
    except: new Set(input.exceptMessageIds),
  })
  return { ...packed, current }
}
