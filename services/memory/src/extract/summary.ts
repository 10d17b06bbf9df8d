import type { PersonKey } from '@luna/service'
import type { MemoryTx } from '../context.ts'
import { terms } from '../rank/terms.ts'
import type { Job } from './job.ts'
import type { Turn } from './operation.ts'
import { sentences } from './sentences.ts'

const mostSentences = 3
const mostCharacters = 3_000
const place = (conversationId: string): string => `memory.summaries.body:${conversationId}`

/** Without a model: the person's own sentences that have most in common with the rest of the talk, in their order. */
export function summarise(turns: readonly Turn[]): string {
  const said = turns
    .filter(turn => turn.speaker === 'person')
    .flatMap(turn => sentences(turn.text))
    .filter(({ text }) => !text.endsWith('?') && text.length > 20 && text.length < 300)
    .slice(0, 200)
    .map(({ text }, order) => ({ text, order, words: new Set(terms(text).map(({ term }) => term)) }))
  const spread = new Map<string, number>()
  for (const { words } of said) for (const word of words) spread.set(word, (spread.get(word) ?? 0) + 1)
  const weigh = (words: ReadonlySet<string>) =>
    [...words].reduce((sum, word) => sum + ((spread.get(word) ?? 1) - 1), 0) / Math.sqrt(words.size + 4) +
    words.size / 50
  return said
    .toSorted((one, other) => weigh(other.words) - weigh(one.words))
    .slice(0, mostSentences)
    .toSorted((one, other) => one.order - other.order)
    .map(({ text }) => text)
    .join(' ')
}

/** Adds to the summary of a conversation; the oldest of it makes room. */
export async function storeSummary(
  { sql: trx }: MemoryTx,
  key: PersonKey,
  { person_id: personId, conversation_id: conversationId }: Pick<Job, 'person_id' | 'conversation_id'>,
  { text, extractor, turns }: { text: string; extractor: string; turns: readonly Turn[] },
): Promise<void> {
  const last = turns.at(-1)
  if (text === '' || !last) return
  const before = await trx
    .selectFrom('summaries')
    .select(['body', 'messages'])
    .where('person_id', '=', personId)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  const earlier = before ? openSummary(key, conversationId, before.body) : ''
  const whole = `${earlier} ${text}`.trim()
  const body = key.seal(
    whole.length > mostCharacters ? `…${whole.slice(-mostCharacters)}` : whole,
    place(conversationId),
  )
  const values = { through: last.messageId, messages: (before?.messages ?? 0) + turns.length, body, extractor }
  await trx
    .insertInto('summaries')
    .values({ person_id: personId, conversation_id: conversationId, ...values })
    .onConflict(conflict => conflict.columns(['person_id', 'conversation_id']).doUpdateSet(values))
    .execute()
}

export const openSummary = (key: PersonKey, conversationId: string, body: Uint8Array): string =>
  key.open(body, place(conversationId))
