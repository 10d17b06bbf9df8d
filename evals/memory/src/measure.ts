import { estimateTokens } from '@luna/models'
import type { Outcome } from './figures.ts'
import type { Sample } from './locomo.ts'
import type { MemoryAlone } from './memory-alone.ts'

/** Minutes between the turns of a session: their order is in the tree, and this is for show. */
const pauseMs = 60_000
/** Around each recalled text, for its date and speaker. */
const frameTokens = 12

/** Tells memory a conversation, one talk a session, and asks its questions. The first speaker is the person. */
export async function measure(memory: MemoryAlone, { speakers, sessions, questions }: Sample): Promise<Outcome[]> {
  const personId = memory.addPerson()
  const idOf = new Map<string, string>()
  let last = 0
  for (const { at, turns } of sessions) {
    const ids = await memory.tell(
      personId,
      turns.map(({ speaker, text }, index) => ({
        role: speaker === speakers[0] ? ('user' as const) : ('assistant' as const),
        text,
        at: new Date(at.getTime() + index * pauseMs),
      })),
    )
    for (const [index, id] of ids.entries()) idOf.set(id, turns[index]?.id ?? '')
    last = Math.max(last, at.getTime() + turns.length * pauseMs)
  }
  await memory.stored(personId, idOf.size)
  const outcomes: Outcome[] = []
  for (const { text, category, evidence } of questions) {
    const started = performance.now()
    const { items } = await memory.recall(personId, {
      query: text,
      limit: 20,
      tokenBudget: 20_000,
      asOf: new Date(last).toISOString(),
      personNames: [speakers[0]],
      characterNames: [speakers[1]],
    })
    const ms = performance.now() - started
    let tokens = 0
    const within = items.filter(item => (tokens += estimateTokens(item.text) + frameTokens) <= 1_000).length
    outcomes.push({
      category,
      evidence,
      recalled: items.map(({ messageId }) => (messageId === undefined ? [] : [idOf.get(messageId) ?? ''])),
      within,
      ms,
    })
  }
  return outcomes
}
