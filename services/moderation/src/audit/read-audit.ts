import type { AuditEntry, moderation } from '@luna/contracts'
import { type CallHandlers, system } from '@luna/service'
import type { ModerationContext } from '../context.ts'
import { requireModerator } from '../review/require-moderator.ts'
import { ChainVerifier, readEntry } from './chain.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

const rowsAtOnce = 1_000

/** Serves `moderation.list-audit.v1`: newest first. */
export const listAudit: Handlers['listAudit'] = async ({ limit = 50, cursor }, ctx, { scope }) => {
  requireModerator(scope)
  const before = cursor === undefined ? null : Number(cursor)
  const rows = await ctx.db.transaction(system, ({ sql }) =>
    sql
      .selectFrom('audit')
      .selectAll()
      .$if(before !== null, query => query.where('n', '<', before ?? 0))
      .orderBy('n', 'desc')
      .limit(limit)
      .execute(),
  )
  const items = rows.map(({ n, entry, hash }): AuditEntry => {
    const written = readEntry(entry)
    return {
      n,
      at: written?.at ?? new Date(0).toISOString(),
      kind: written?.kind ?? 'unreadable',
      body: written?.body ?? {},
      hash,
    }
  })
  return { items, nextCursor: rows.length === limit ? String(items.at(-1)?.n) : null }
}

/** Serves `moderation.verify-audit.v1`: reads every row, a thousand at a time, on one snapshot. */
export const verifyAudit: Handlers['verifyAudit'] = async (_input, ctx, { scope }) => {
  if (scope.kind !== 'system') requireModerator(scope)
  return ctx.db.transaction(system, async ({ sql }) => {
    // The lock of the writers: no row may be added between reading the rows and reading where they end.
    const head = await sql.selectFrom('audit_head').select(['n', 'hash']).forShare().executeTakeFirst()
    const verifier = new ChainVerifier()
    for (let after = 0, more = true; more; ) {
      const rows = await sql
        .selectFrom('audit')
        .selectAll()
        .where('n', '>', after)
        .orderBy('n')
        .limit(rowsAtOnce)
        .execute()
      for (const { n, entry, hash } of rows) verifier.push({ n, entry, hash })
      after = rows.at(-1)?.n ?? after
      more = rows.length === rowsAtOnce
    }
    verifier.finish({ n: head?.n ?? 0, hash: head?.hash ?? '' })
    return { entries: verifier.entries, head: verifier.head, faults: verifier.faults }
  })
}
