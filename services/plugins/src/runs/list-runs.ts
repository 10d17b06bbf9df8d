import { LunaError, plugins } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { PluginsContext } from '../context.ts'
import { filePrefix, openArguments, openResult } from './run-record.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>

const uuid = /^[0-9a-f-]{36}$/

export const listRuns: Handlers['listRuns'] = async ({ limit = 50, cursor, pluginId }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  if (cursor !== undefined && !uuid.test(cursor)) throw new LunaError('invalid', 'The cursor is not one of this list.')
  const rows = await ctx.db.transaction(scope, tx => {
    let query = tx.sql
      .selectFrom('runs')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(limit + 1)
    if (cursor !== undefined) query = query.where('id', '<', cursor)
    if (pluginId !== undefined) query = query.where('plugin_id', '=', pluginId)
    return query.execute()
  })
  const items = rows.slice(0, limit).map(row => {
    const result = row.result ? openResult(key, row.id, row.result) : null
    return {
      id: row.id,
      callId: row.call_id,
      pluginId: row.plugin_id,
      version: row.plugin_version,
      action: row.action,
      origin: row.origin,
      turnId: row.turn_id,
      status: row.status,
      arguments: openArguments(key, row.id, row.arguments),
      error: result?.status === 'failed' ? result.result : row.status === 'unknown' ? 'Its process was lost.' : null,
      resultBytes: row.result_bytes,
      files: result?.files ?? [],
      startedAt: row.started_at.toISOString(),
      durationMs: row.ended_at ? row.ended_at.getTime() - row.started_at.getTime() : null,
    }
  })
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Commits the wish, then tells whoever runs it. */
export const cancelRun: Handlers['cancelRun'] = async ({ runId }, ctx, { scope }) => {
  const row = await ctx.db.transaction(scope, async tx => {
    await tx.sql
      .updateTable('runs')
      .set({ cancel_requested: true })
      .where('id', '=', runId)
      .where('status', '=', 'running')
      .execute()
    return tx.sql.selectFrom('runs').select('status').where('id', '=', runId).executeTakeFirst()
  })
  if (!row) throw new LunaError('not-found', 'There is no such run.')
  if (row.status === 'running') ctx.emit(plugins.feeds.cancelRequested, 'all', { runId })
  return { runId, status: row.status }
}

export const readFile: Handlers['readFile'] = async ({ runId, name }, ctx, { scope }) => {
  const personId = personOf(scope)
  const row = await ctx.db.transaction(scope, tx =>
    tx.sql.selectFrom('runs').select(['result']).where('id', '=', runId).executeTakeFirst(),
  )
  const key = await ctx.keys.of(personId)
  const file = row?.result ? openResult(key, runId, row.result).files?.find(one => one.name === name) : undefined
  const blob = file ? await ctx.blobs.get(`${filePrefix(personId, runId)}${name}`) : null
  if (!file || !blob) throw new LunaError('not-found', 'There is no such file.')
  const chunks: Uint8Array[] = []
  for await (const chunk of blob.body) chunks.push(chunk as Uint8Array)
  return { name, type: file.type, content: key.open(Buffer.concat(chunks), `plugins.files:${runId}/${name}`) }
}
