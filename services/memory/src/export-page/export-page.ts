import { type CallInput, type CallOutput, LunaError, limits, type memory } from '@luna/contracts'
import { type CallRequest, isUuid, person, personOf } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import { type Kind, kinds, type Row, readers } from './readers.ts'

type Definition = typeof memory.calls.exportPage

const nobody = '00000000-0000-0000-0000-000000000000'

/** All that memory holds of the person, kind by kind, in the order of ids; the cursor is the kind and the last id. */
export async function exportPage(
  { cursor }: CallInput<Definition>,
  ctx: MemoryContext,
  request: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(request.scope)
  const key = await ctx.keys.of(personId)
  let at: { kind: Kind; after: string } | null = readCursor(cursor)
  const rows: Record<string, unknown>[] = []
  let bytes = 0
  while (at !== null && rows.length < limits.pageRows) {
    const { kind, after }: { kind: Kind; after: string } = at
    const found: Row[] = await ctx.db.transaction(person(personId), tx =>
      readers[kind]({ tx, key, personId, after, limit: limits.pageRows - rows.length + 1 }),
    )
    let last = after
    let whole = true
    for (const { id, row } of found) {
      bytes += Buffer.byteLength(JSON.stringify(row))
      if (rows.length === limits.pageRows || (rows.length > 0 && bytes > limits.pageBytes)) {
        whole = false
        break
      }
      rows.push({ kind, ...row })
      last = id
    }
    if (!whole) return { rows, nextCursor: `${kind}:${last}` }
    const next: Kind | undefined = kinds[kinds.indexOf(kind) + 1]
    at = next ? { kind: next, after: nobody } : null
  }
  return { rows, nextCursor: at === null ? null : `${at.kind}:${at.after}` }
}

function readCursor(cursor: string | undefined): { kind: Kind; after: string } {
  if (cursor === undefined) return { kind: kinds[0], after: nobody }
  const [name, after = ''] = cursor.split(':')
  const kind = kinds.find(each => each === name)
  if (!kind || !isUuid(after))
    throw new LunaError('invalid', 'The cursor is not one of memory’s: pass nextCursor of the page before, unchanged.')
  return { kind, after }
}
