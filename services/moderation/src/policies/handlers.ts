import { LunaError, moderation, type PolicyAction, type PolicyDraft, type StoredPolicy } from '@luna/contracts'
import { actionFor, strictest } from '@luna/safety'
import { type CallHandlers, personOf, system } from '@luna/service'
import { type Selectable, sql as text } from 'kysely'
import { appendAudit } from '../audit/append.ts'
import type { ModerationContext } from '../context.ts'
import type { PolicyTable } from '../db/tables.ts'
import { requireModerator } from '../review/require-moderator.ts'
import { holding, type PolicyVersion, resolvePolicy } from './resolve.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

/** Serves `moderation.get-policy.v1`. */
export const getPolicy: Handlers['getPolicy'] = async ({ workspaceId, rating }, ctx, { scope }) =>
  ctx.policies.for({
    workspaceId: workspaceId ?? null,
    rating: rating ?? null,
    age: scope.kind === 'system' ? 'unknown' : await ctx.ages.of(personOf(scope)),
  })

/** Serves `moderation.explain-policy.v1`. */
export const explainPolicy: Handlers['explainPolicy'] = async (audience, ctx, { scope }) => {
  requireModerator(scope)
  return resolvePolicy(await ctx.policies.all(), { ...audience, age: audience.age ?? 'unknown' })
}

/** Serves `moderation.list-policies.v1`. */
export const listPolicies: Handlers['listPolicies'] = async ({ limit = 50, cursor }, ctx, { scope }) => {
  requireModerator(scope)
  const rows = await ctx.db.transaction(system, ({ sql }) =>
    sql
      .selectFrom('policies')
      .selectAll()
      .$if(cursor !== undefined, query => query.where('version', '<', Number(cursor)))
      .orderBy('version', 'desc')
      .limit(limit)
      .execute(),
  )
  const held = new Set(holding(await ctx.policies.all()).map(({ version }) => version))
  return {
    items: rows.map(row => toStored(row, held.has(row.version))),
    nextCursor: rows.length === limit ? String(rows.at(-1)?.version) : null,
  }
}

/** Serves `moderation.put-policy.v1`. The same id is one version; it holds in every process once the broadcast is out. */
export const putPolicy: Handlers['putPolicy'] = async ({ id, ...draft }, ctx, { scope }) => {
  const moderator = requireModerator(scope)
  const row = await ctx.db.transaction(system, async tx => {
    const earlier = await tx.sql.selectFrom('policies').selectAll().where('request_id', '=', id).executeTakeFirst()
    if (earlier) return earlier
    await text`lock table policies in exclusive mode`.execute(tx.sql)
    const added = await tx.sql
      .insertInto('policies')
      .values({
        version: text<number>`(select max(version) + 1 from policies)`,
        policy: JSON.stringify({ mode: draft.mode, actions: draft.actions }),
        workspace_id: draft.audience.workspaceId,
        rating: draft.audience.rating,
        age: draft.audience.age,
        request_id: id,
        note: draft.note,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const body = { version: added.version, audience: draft.audience, mode: draft.mode, moderator }
    await appendAudit(tx, [{ kind: 'policy', body }])
    return added
  })
  ctx.policies.drop()
  ctx.emit(moderation.feeds.policyChanged, 'all', { version: row.version })
  return toStored(row, true)
}

const dayMs = 86_400_000
const mostVerdicts = 50_000

/** Serves `moderation.dry-run-policy.v1`: the draft in place of the policy of its audience, over the verdicts of the past. */
export const dryRunPolicy: Handlers['dryRunPolicy'] = async ({ days = 30, ...draft }, ctx, { scope }) => {
  requireModerator(scope)
  const since = new Date(ctx.clock.now().getTime() - days * dayMs)
  const [versions, verdicts] = await Promise.all([
    ctx.policies.all(),
    ctx.db.transaction(system, ({ sql }) =>
      sql
        .selectFrom('verdicts')
        .select(['direction', 'classes', 'action'])
        .where('at', '>=', since)
        .orderBy('at', 'desc')
        .limit(mostVerdicts)
        .execute(),
    ),
  ])
  const { policy } = resolvePolicy([...versions, asVersion(draft)], {
    ...draft.audience,
    age: draft.audience.age ?? 'adult',
  })
  const changes = new Map<string, { from: PolicyAction; to: PolicyAction; count: number }>()
  for (const { direction, classes, action } of verdicts) {
    const to = strictest(classes.map(found => actionFor(policy, direction, found)))
    if (to === action) continue
    const change = changes.get(`${action} ${to}`) ?? { from: action, to, count: 0 }
    changes.set(`${action} ${to}`, { ...change, count: change.count + 1 })
  }
  return { verdicts: verdicts.length, changed: [...changes.values()].toSorted((a, b) => b.count - a.count) }
}

const asVersion = ({ audience, mode, actions }: PolicyDraft): PolicyVersion => ({
  version: Number.MAX_SAFE_INTEGER,
  audience,
  mode,
  actions,
})

function toStored(row: Selectable<PolicyTable>, holds: boolean): StoredPolicy {
  const { mode, actions } = row.policy
  if (!actions) throw new LunaError('internal', `Version ${row.version} of the policy cannot be read. Restore the row.`)
  return {
    version: row.version,
    audience: { workspaceId: row.workspace_id, rating: row.rating, age: row.age },
    mode,
    actions,
    note: row.note,
    createdAt: row.created_at.toISOString(),
    holds,
  }
}
