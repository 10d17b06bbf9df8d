import { estimateTokens } from '@luna/models'
import type { PersonKey } from '@luna/service'
import { sql } from 'kysely'
import type { ChatTx } from '../context.ts'
import { openBody } from '../db/message-body.ts'
import type { Path, PathMessage } from './path-cache.ts'

/** Messages of the prompt at most; far more than fits any budget. */
const maxMessages = 400

interface PathRow {
  id: string
  parent_id: string | null
  role: PathMessage['role']
  body: Buffer
}

/** Reads upwards from a leaf until `tokenBudget` is spent or the root is reached. */
export async function loadPath(tx: ChatTx, key: PersonKey, leafId: string | null, tokenBudget: number): Promise<Path> {
  if (!leafId) return { messages: [], complete: true }
  const { rows } = await sql<PathRow>`
    with recursive path as (
      select id, parent_id, role, body, 1 as depth from messages where id = ${leafId}
      union all
      select m.id, m.parent_id, m.role, m.body, path.depth + 1
      from messages m join path on m.id = path.parent_id
      where path.depth < ${maxMessages}
    )
    select id, parent_id, role, body from path order by depth`.execute(tx.sql)
  const messages: PathMessage[] = []
  let tokens = 0
  for (const row of rows) {
    const { text } = openBody(key, row.id, row.body)
    const message = { id: row.id, parentId: row.parent_id, role: row.role, text, tokens: estimateTokens(text) }
    messages.unshift(message)
    tokens += message.tokens
    if (tokens > tokenBudget) break
  }
  return { messages, complete: messages[0]?.parentId === null || messages.length === 0 }
}
