import type { PersonKey } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryTx } from '../context.ts'
import type { Cited } from '../extract/operation.ts'
import { sentences } from '../extract/sentences.ts'
import { textPlace } from '../follow/episode.ts'
import { readQuestion } from '../rank/read-question.ts'
import { terms } from '../rank/terms.ts'

/** Turns of the character that are looked through for an echo of what is no longer true. */
const mostEchoes = 300

/** Words that a memory says and its correction does not: what must not be said again. */
export function retiredWords(oldText: string, newText: string): Map<string, string> {
  const kept = new Set(terms(newText).map(({ term }) => term))
  const plain = ['person', 'longer', 'call', 'live', 'work', 'move', 'felt', 'favourit', 'favorit']
  return new Map(
    readQuestion(oldText, new Date(0))
      .words.filter(({ term }) => !kept.has(term) && !plain.includes(term))
      .map(({ term, plain: written }) => [term, written]),
  )
}

interface Echo {
  message_id: string
  conversation_id: string
  text: Buffer
  parent_id: string | null
  parent: Buffer | null
}

/** The sentences that a memory was concluded from, and those of the character that repeat what it says. */
export async function echoes(
  { sql: trx }: MemoryTx,
  key: PersonKey,
  personId: string,
  { memoryId, oldText, newText }: { memoryId: string; oldText: string; newText: string },
): Promise<Cited[]> {
  const sources = await trx
    .selectFrom('memory_sources')
    .selectAll()
    .where('person_id', '=', personId)
    .where('memory_id', '=', memoryId)
    .execute()
  const found: Cited[] = sources.map(each => ({ messageId: each.message_id, from: each.from_char, to: each.to_char }))
  const retired = retiredWords(oldText, newText)
  const asked = [...retired.values()].flatMap(word => key.tsquery(word) ?? [])
  if (asked.length === 0 || sources.length === 0) return found
  const conversations = new Set(sources.map(each => each.conversation_id))
  const told = new Set(readQuestion(oldText, new Date(0)).words.map(({ term }) => term))
  const { rows } = await sql<Echo>`
    select e.message_id, e.conversation_id, e.text, p.message_id as parent_id, p.text as parent
    from episodes e left join episodes p on p.person_id = e.person_id and p.message_id = e.parent_id
    where e.person_id = ${personId}::uuid and e.speaker = 'character' and e.lexemes @@ ${asked.join(' | ')}::tsquery
    order by e.said_at desc limit ${mostEchoes}`.execute(trx)
  for (const row of rows) {
    const before = row.parent_id && row.parent ? key.open(row.parent, textPlace(row.parent_id)) : ''
    for (const { text, from, to } of sentences(key.open(row.text, textPlace(row.message_id)))) {
      const words = terms(text)
      if (!words.some(({ term }) => retired.has(term))) continue
      // Elsewhere the same word may speak of something else: there, another word of the memory must stand by it.
      const about = new Set([...words, ...terms(before)].map(({ term }) => term).filter(term => told.has(term)))
      if (conversations.has(row.conversation_id) || about.size > 1) found.push({ messageId: row.message_id, from, to })
    }
  }
  return found
}
