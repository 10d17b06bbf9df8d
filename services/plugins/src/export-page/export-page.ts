import type { plugins } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { PluginsContext } from '../context.ts'
import { type TimerBody, timerPlace } from '../host/timers.ts'
import { openArguments, openResult } from '../runs/run-record.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>

const pageRows = 100

/** Installs, decisions, what plugins stored and timers on the first page; then the runs. Of secrets, the names alone. */
export const exportPage: Handlers['exportPage'] = async ({ cursor }, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  return ctx.db.transaction(scope, async ({ sql }) => {
    const rows: Record<string, unknown>[] = []
    if (cursor === undefined) {
      for (const row of await sql
        .selectFrom('installs')
        .select(['plugin_id', 'manifest', 'granted', 'enabled', 'removed'])
        .execute())
        rows.push({
          type: 'plugin',
          id: row.plugin_id,
          manifest: row.manifest,
          granted: row.granted,
          enabled: row.enabled,
          removed: row.removed,
        })
      for (const row of await sql.selectFrom('consents').select(['plugin_id', 'action', 'decision']).execute())
        rows.push({ type: 'plugin-consent', id: row.plugin_id, action: row.action, decision: row.decision })
      for (const row of await sql.selectFrom('secrets').select(['plugin_id', 'name']).execute())
        rows.push({ type: 'plugin-secret', id: row.plugin_id, name: row.name })
      for (const row of await sql.selectFrom('stored').select(['plugin_id', 'key', 'value']).execute())
        rows.push({
          type: 'plugin-stored',
          id: row.plugin_id,
          key: row.key,
          value: key.openJson(row.value, `plugins.stored.value:${row.plugin_id}/${row.key}`),
        })
      for (const row of await sql.selectFrom('timers').selectAll().execute())
        rows.push({
          type: 'plugin-timer',
          id: row.id,
          at: row.due_at,
          state: row.state,
          ...(key.openJson(row.body, timerPlace(row.id)) as TimerBody),
        })
    }
    const runs = await sql
      .selectFrom('runs')
      .selectAll()
      .where('id', '>', cursor ?? '00000000-0000-0000-0000-000000000000')
      .orderBy('id')
      .limit(pageRows)
      .execute()
    for (const row of runs) {
      const result = row.result ? openResult(key, row.id, row.result) : null
      rows.push({
        type: 'plugin-run',
        id: row.id,
        plugin: row.plugin_id,
        action: row.action,
        status: row.status,
        startedAt: row.started_at,
        arguments: JSON.parse(openArguments(key, row.id, row.arguments)) as unknown,
        result: result?.result.slice(0, 2_000) ?? null,
      })
    }
    return { rows, nextCursor: runs.length === pageRows ? (runs.at(-1)?.id ?? null) : null }
  })
}
