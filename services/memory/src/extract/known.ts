import type { MemoryKind } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryTx } from '../context.ts'
import { readMemories, toItem } from '../memories/row.ts'
import { readQuestion } from '../rank/read-question.ts'

/** A memory as an extractor is shown it. */
export interface Known {
  readonly id: string
  readonly text: string
  readonly kind: MemoryKind
  readonly sourceMessageIds: readonly string[]
}

const mostKnown = 15
const mostWords = 64

/** The memories nearest to what was said, by its words, that hold now. */
export async function nearestKnown(
  tx: MemoryTx,
  key: PersonKey,
  personId: string,
  texts: readonly string[],
): Promise<Known[]> {
  const words = texts.flatMap(text => readQuestion(text, new Date(0)).words.map(({ plain }) => plain))
  const asked = [...new Set(words)].slice(0, mostWords).flatMap(word => key.tsquery(word) ?? [])
  if (asked.length === 0) return []
  const query = asked.join(' | ')
  const rows = await readMemories(
    tx,
    personId,
    sql`stands and replaced_by is null and lexemes @@ ${query}::tsquery
      order by ts_rank(lexemes, ${query}::tsquery) desc limit ${mostKnown}`,
  )
  return rows.map(row => {
    const { id, text, kind, sourceMessageIds } = toItem(row, key)
    return { id, text, kind, sourceMessageIds }
  })
}
