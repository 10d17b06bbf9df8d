import type { Grant, PluginManifest, PluginSource } from '@luna/contracts'
import { sql as raw } from 'kysely'
import type { PluginsTx } from '../context.ts'
import { canonical } from '../manifest/canonical.ts'

export interface InstallRow {
  personId: string
  workspaceId: string | null
  source: PluginSource
  manifest: PluginManifest
  hash: string
  granted: Grant
  enabled: boolean
  removed?: boolean
}

/** Writes an installation. A consent for an action that is now another one is forgotten: it was given to something else. */
export async function putInstall(tx: PluginsTx, row: InstallRow): Promise<void> {
  const { personId, workspaceId, manifest } = row
  const where = tx.sql.selectFrom('installs').select(['manifest', 'person_id']).where('plugin_id', '=', manifest.id)
  const before = await (workspaceId === null
    ? where.where('person_id', '=', personId).where('workspace_id', 'is', null)
    : where.where('workspace_id', '=', workspaceId)
  ).executeTakeFirst()
  if (before) {
    const same = new Map(before.manifest.actions.map(action => [action.name, canonical(action)]))
    const changed = manifest.actions
      .filter(action => same.get(action.name) !== canonical(action))
      .map(action => action.name)
    const stale =
      before.manifest.code?.source === manifest.code?.source ? changed : manifest.actions.map(action => action.name)
    if (stale.length > 0)
      await tx.sql
        .deleteFrom('consents')
        .where('plugin_id', '=', manifest.id)
        .where('action', 'in', stale)
        .where('decision', '=', 'always')
        .execute()
    const own = tx.sql.updateTable('installs').where('plugin_id', '=', manifest.id)
    await (workspaceId === null
      ? own.where('person_id', '=', personId).where('workspace_id', 'is', null)
      : own.where('workspace_id', '=', workspaceId)
    )
      .set(({ eb }) => ({
        source: row.source,
        manifest: JSON.stringify(manifest),
        hash: row.hash,
        granted: JSON.stringify(row.granted),
        enabled: row.enabled,
        removed: row.removed ?? false,
        version: eb('version', '+', 1),
        updated_at: raw<Date>`now()`,
      }))
      .execute()
    return
  }
  await tx.sql
    .insertInto('installs')
    .values({
      person_id: personId,
      plugin_id: manifest.id,
      workspace_id: workspaceId,
      source: row.source,
      manifest: JSON.stringify(manifest),
      hash: row.hash,
      granted: JSON.stringify(row.granted),
      enabled: row.enabled,
      removed: row.removed ?? false,
    })
    .execute()
}

export async function putManifest(
  tx: PluginsTx,
  {
    personId,
    source,
    manifest,
    hash,
  }: { personId: string; source: PluginSource; manifest: PluginManifest; hash: string },
): Promise<void> {
  const values = { source, manifest: JSON.stringify(manifest), hash }
  await tx.sql
    .insertInto('manifests')
    .values({ person_id: personId, plugin_id: manifest.id, ...values })
    .onConflict(conflict => conflict.columns(['person_id', 'plugin_id']).doUpdateSet(values))
    .execute()
}
