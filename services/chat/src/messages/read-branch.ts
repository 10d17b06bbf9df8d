import { limits } from '@luna/contracts'
import { sql } from 'kysely'
import type { ChatTx } from '../context.ts'
import type { MessageRow } from './to-message.ts'

/** A page of a branch, oldest first, and the message above it when there is more. */
export interface BranchPage {
  rows: MessageRow[]
  /** The leaf of the next older page. */
  olderLeafId: string | null
}

/** Walks from a leaf upwards; ends at `limit` rows or half a MiB of sealed bodies, whichever comes first. */
export async function readBranch(tx: ChatTx, leafId: string | null, limit: number): Promise<BranchPage> {
  if (!leafId) return { rows: [], olderLeafId: null }
  const { rows } = await sql<MessageRow & { depth: number }>`
    with recursive path as (
      select m.*, 1 as depth from messages m where m.id = ${leafId}
      union all
      select m.*, path.depth + 1 from messages m join path on m.id = path.parent_id where path.depth < ${limit}
    )
    select * from path order by depth`.execute(tx.sql)
  let bytes = 0
  const fitting = rows.findIndex((row, index) => {
    bytes += row.body.length
    return index > 0 && bytes > limits.pageBytes
  })
  const kept = fitting === -1 ? rows : rows.slice(0, fitting)
  return { rows: kept.toReversed(), olderLeafId: kept.at(-1)?.parent_id ?? null }
}
