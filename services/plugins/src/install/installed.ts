import {
  type Grant,
  LunaError,
  type PluginAction,
  type PluginManifest,
  type PluginSource,
  toolName,
} from '@luna/contracts'
import { builtinManifests } from '../builtin/manifests.ts'
import type { PluginsTx } from '../context.ts'
import { clip, everything } from './decide-grant.ts'

/** A plugin that a person has. */
export interface Installed {
  readonly id: string
  readonly source: PluginSource
  readonly manifest: PluginManifest
  readonly hash: string
  readonly granted: Grant
  readonly enabled: boolean
  readonly workspaceId: string | null
  /** Whose secrets and consents count: for a shared plugin, those of who shared it. */
  readonly ownerId: string | null
  readonly version: number
}

/** Everything that the scope of the transaction has: its own, the workspace's, and what is there by itself. */
export async function loadInstalled(tx: PluginsTx): Promise<Installed[]> {
  const rows = await tx.sql
    .selectFrom('installs')
    .select([
      'plugin_id',
      'person_id',
      'workspace_id',
      'source',
      'manifest',
      'hash',
      'granted',
      'enabled',
      'removed',
      'version',
    ])
    .orderBy('plugin_id')
    .execute()
  const found = new Map<string, Installed | null>()
  for (const row of rows) {
    if (found.has(row.plugin_id) && row.workspace_id !== null) continue
    const shipped = row.source === 'builtin' ? builtinManifests().get(row.plugin_id) : undefined
    if (row.source === 'builtin' && !shipped) continue
    const manifest = shipped?.manifest ?? row.manifest
    found.set(
      row.plugin_id,
      row.removed
        ? null
        : {
            id: row.plugin_id,
            source: row.source,
            manifest,
            hash: shipped?.hash ?? row.hash,
            granted: clip(row.granted, manifest.capabilities),
            enabled: row.enabled,
            workspaceId: row.workspace_id,
            ownerId: row.person_id,
            version: row.version,
          },
    )
  }
  for (const [id, { manifest, hash, preinstalled }] of builtinManifests())
    if (preinstalled && !found.has(id)) found.set(id, asShipped(manifest, hash))
  return [...found.values()].filter(one => one !== null)
}

/** A preinstalled plugin before anything was changed about it. */
const asShipped = (manifest: PluginManifest, hash: string): Installed => ({
  id: manifest.id,
  source: 'builtin',
  manifest,
  hash,
  granted: everything(manifest.capabilities, true),
  enabled: true,
  workspaceId: null,
  ownerId: null,
  version: 0,
})

export async function findInstalled(tx: PluginsTx, id: string): Promise<Installed | null> {
  return (await loadInstalled(tx)).find(one => one.id === id) ?? null
}

export interface Consents {
  of(pluginId: string, action: string): 'always' | 'never' | 'ask' | undefined
}

export async function loadConsents(tx: PluginsTx, personId: string): Promise<Consents> {
  const rows = await tx.sql
    .selectFrom('consents')
    .select(['plugin_id', 'action', 'decision'])
    .where('person_id', '=', personId)
    .execute()
  const decisions = new Map(rows.map(row => [toolName(row.plugin_id, row.action), row.decision]))
  return { of: (pluginId, action) => decisions.get(toolName(pluginId, action)) }
}

/** The plugin and action behind a tool's name. @throws LunaError `not-found` */
export function actionOf(installed: readonly Installed[], name: string): { plugin: Installed; action: PluginAction } {
  const [id = '', actionName = ''] = name.split('__')
  const plugin = installed.find(one => one.id === id)
  const action = plugin?.manifest.actions.find(one => one.name === actionName)
  if (!plugin || !action)
    throw new LunaError(
      'not-found',
      `There is no tool "${name}" for this person: only the tools that plugins.tools lists can be run.`,
    )
  if (!plugin.enabled) throw new LunaError('forbidden', `The plugin ${plugin.manifest.name} is switched off.`)
  return { plugin, action }
}
