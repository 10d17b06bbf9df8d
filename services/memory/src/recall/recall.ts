import type { CallInput, CallOutput, memory } from '@luna/contracts'
import { type CallRequest, personOf } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import { catchUp } from '../follow/catch-up.ts'
import { findCandidates } from './candidates.ts'
import { pack } from './pack.ts'
import { readQuery } from './read-query.ts'
import { rate } from './score.ts'

type Definition = typeof memory.calls.recall

const defaults = { tokenBudget: 1_000, limit: 20 } as const

/** What was said before that has to do with this. */
export async function recall(
  input: CallInput<Definition>,
  ctx: MemoryContext,
  request: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(request.scope)
  const key = await ctx.keys.of(personId)
  const { conversationId = null, revision, characterId = null } = input
  const current = conversationId === null || (await catchUp(ctx, key, { personId, conversationId }, revision ?? -1))
  const query = readQuery(input.query)
  if (query.length === 0) return { items: [], cut: [], current }
  const reach = { personId, characterId, leaveOut: current ? null : conversationId }
  const { texts, corpus } = await findCandidates(ctx, key, reach, query)
  const packed = pack(rate(query, texts, corpus), {
    tokenBudget: input.tokenBudget ?? defaults.tokenBudget,
    limit: input.limit ?? defaults.limit,
    except: new Set(input.exceptMessageIds),
  })
  return { ...packed, current }
}
