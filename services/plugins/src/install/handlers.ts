import { plugins as contract, type Grant, LunaError, type plugins, toolName } from '@luna/contracts'
import { type CallHandlers, person, personOf, type Scope } from '@luna/service'
import { builtinManifests } from '../builtin/manifests.ts'
import type { PluginsContext, PluginsTx } from '../context.ts'
import { contentHash } from '../manifest/canonical.ts'
import { readManifest } from '../manifest/read-manifest.ts'
import { findOffered, type Offered, offeredTo, usesBuiltin } from '../registry/registry.ts'
import { sealSecret, writeSecret } from '../secrets/secrets.ts'
import { asksForMore, clip, everything } from './decide-grant.ts'
import { describe } from './describe.ts'
import { actionOf, findInstalled, type Installed, loadInstalled } from './installed.ts'
import { putInstall, putManifest } from './put-install.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>

const workspaceOf = (scope: Scope): string | null => (scope.kind === 'workspace' ? scope.workspaceId : null)

/** Says to the open pages of a person that something has changed. */
export const announce = (ctx: PluginsContext, personId: string, version: number): void =>
  ctx.emit(contract.feeds.personFrames, personId, { type: 'changed', what: 'plugin', id: personId, version })

export const list: Handlers['list'] = async (_input, ctx, { scope }) => {
  const personId = personOf(scope)
  const items = await ctx.db.transaction(scope, async tx => {
    const [installed, offered] = await Promise.all([loadInstalled(tx), offeredTo(ctx, tx)])
    return Promise.all(
      installed.map(one => {
        const known = offered.find(({ manifest }) => manifest.id === one.id) ?? {
          manifest: one.manifest,
          hash: one.hash,
          source: one.source,
        }
        return describe({ tx, personId, installed: one, ...known })
      }),
    )
  })
  return { items, nextCursor: null }
}

export const get: Handlers['get'] = async ({ id }, ctx, { scope }) => {
  const personId = personOf(scope)
  return ctx.db.transaction(scope, tx => described(ctx, tx, personId, id))
}

async function described(ctx: PluginsContext, tx: PluginsTx, personId: string, id: string) {
  const installed = await findInstalled(tx, id)
  const offered = await findOffered(ctx, tx, id).catch((error: unknown): Offered => {
    if (installed) return installed
    throw error
  })
  return describe({ tx, personId, installed, manifest: offered.manifest, hash: offered.hash, source: offered.source })
}

export const search: Handlers['search'] = async ({ q = '', limit = 50, cursor }, ctx, { scope }) => {
  const personId = personOf(scope)
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  return ctx.db.transaction(scope, async tx => {
    const [installed, offered] = await Promise.all([loadInstalled(tx), offeredTo(ctx, tx)])
    const fits = ({ manifest }: Offered) => {
      const text = [
        manifest.id,
        manifest.name,
        manifest.description,
        manifest.author,
        ...manifest.tags,
        ...manifest.commands.map(({ name }) => name),
      ]
      return words.every(word => text.some(part => part.toLowerCase().includes(word)))
    }
    const found = offered.filter(fits).toSorted((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1))
    const after = cursor === undefined ? found : found.filter(({ manifest }) => manifest.id > cursor)
    const page = after.slice(0, limit)
    const items = await Promise.all(
      page.map(one =>
        describe({ tx, personId, installed: installed.find(({ id }) => id === one.manifest.id) ?? null, ...one }),
      ),
    )
    return { items, nextCursor: after.length > limit ? (page.at(-1)?.manifest.id ?? null) : null }
  })
}

export const register: Handlers['register'] = async ({ manifest: value }, ctx, { scope }) => {
  const personId = personOf(scope)
  const manifest = await readManifest(value)
  if (builtinManifests().has(manifest.id))
    throw new LunaError('conflict', `The id "${manifest.id}" belongs to a plugin that ships with Luna. Take another.`)
  if (usesBuiltin(manifest))
    throw new LunaError('invalid', 'Only plugins that ship with Luna run built-in actions: use http, code or mcp.')
  if (manifest.mcp?.transport === 'stdio')
    throw new LunaError('forbidden', 'Programs are run by the operator alone, in LUNA_MCP_SERVERS.')
  const hash = contentHash(manifest)
  await ctx.db.transaction(person(personId), async tx => {
    const count = await tx.sql
      .selectFrom('manifests')
      .select(eb => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count.count) >= 200) throw new LunaError('too-large', '200 manifests are kept for each person at most.')
    await putManifest(tx, { personId, source: 'upload', manifest, hash })
  })
  return ctx.db.transaction(scope, tx => described(ctx, tx, personId, manifest.id))
}

/** Installs, updates, or changes what is granted. What is asked for beyond the grant so far must be granted anew. */
export const install: Handlers['install'] = async ({ id, grant, secrets = {} }, ctx, { scope }) => {
  const personId = personOf(scope)
  const sealed = await Promise.all(
    Object.entries(secrets).map(async ([name, value]) => ({
      name,
      sealed: await sealSecret(ctx, personId, id, name, value),
    })),
  )
  const answer = await ctx.db.transaction(scope, async tx => {
    const before = await findInstalled(tx, id)
    const { manifest, hash, source } = await findOffered(ctx, tx, id)
    const wanted = manifest.capabilities.secrets.map(secret => secret.name)
    const strange = sealed.find(({ name }) => !wanted.includes(name))
    if (strange)
      throw new LunaError(
        'invalid',
        `The plugin asks for no secret "${strange.name}"; it asks for ${wanted.join(', ') || 'none'}.`,
      )
    const more = before ? asksForMore(before.manifest.capabilities, manifest.capabilities) : []
    if (before && more.length > 0 && !grant)
      throw new LunaError(
        'conflict',
        `Version ${manifest.version} asks for more: ${more.join(', ')}. Send a grant to agree.`,
        { details: { more } },
      )
    await putInstall(tx, {
      personId: before?.workspaceId ? (before.ownerId ?? personId) : personId,
      workspaceId: before ? before.workspaceId : workspaceOf(scope),
      source,
      manifest,
      hash,
      granted: decideGrant(grant, before, manifest.capabilities),
      enabled: before?.enabled ?? true,
    })
    for (const secret of sealed) await writeSecret(tx, { personId, pluginId: id, ...secret })
    return described(ctx, tx, personId, id)
  })
  announce(ctx, personId, 1)
  return answer
}

/** Without a word about it, a first installation grants what was asked for: the person has seen it and said install. */
function decideGrant(
  given: Partial<Grant> | undefined,
  before: Installed | null,
  asked: Parameters<typeof everything>[0],
): Grant {
  const base = before ? before.granted : everything(asked)
  return clip({ ...base, ...given, memory: { ...base.memory, ...given?.memory } }, asked)
}

export const uninstall: Handlers['uninstall'] = async ({ id }, ctx, { scope }) => {
  const personId = personOf(scope)
  await ctx.db.transaction(scope, async tx => {
    const found = await findInstalled(tx, id)
    if (!found) throw new LunaError('not-found', `The plugin "${id}" is not installed.`)
    if (builtinManifests().get(id)?.preinstalled && found.source === 'builtin')
      await putInstall(tx, {
        personId,
        workspaceId: null,
        source: 'builtin',
        manifest: found.manifest,
        hash: found.hash,
        granted: found.granted,
        enabled: false,
        removed: true,
      })
    else
      await tx.sql
        .deleteFrom('installs')
        .where('plugin_id', '=', id)
        .where(eb =>
          found.workspaceId === null
            ? eb('person_id', '=', personId).and('workspace_id', 'is', null)
            : eb('workspace_id', '=', found.workspaceId),
        )
        .execute()
    for (const table of ['secrets', 'stored', 'consents', 'sign_ins'] as const)
      await tx.sql.deleteFrom(table).where('person_id', '=', personId).where('plugin_id', '=', id).execute()
    await tx.sql
      .updateTable('timers')
      .set({ state: 'cancelled' })
      .where('person_id', '=', personId)
      .where('plugin_id', '=', id)
      .where('state', '=', 'waiting')
      .execute()
  })
  announce(ctx, personId, 1)
  return { id }
}

export const setEnabled: Handlers['setEnabled'] = async ({ id, enabled }, ctx, { scope }) => {
  const personId = personOf(scope)
  const answer = await ctx.db.transaction(scope, async tx => {
    const found = await findInstalled(tx, id)
    if (!found) throw new LunaError('not-found', `The plugin "${id}" is not installed.`)
    await putInstall(tx, { ...found, personId: found.ownerId ?? personId, enabled })
    return described(ctx, tx, personId, id)
  })
  announce(ctx, personId, 1)
  return answer
}

export const setConsent: Handlers['setConsent'] = async ({ name, decision }, ctx, { scope }) => {
  const personId = personOf(scope)
  await ctx.db.transaction(scope, async tx => {
    const { plugin, action } = actionOf(await loadInstalled(tx), name)
    await tx.sql
      .insertInto('consents')
      .values({ person_id: personId, plugin_id: plugin.id, action: action.name, decision })
      .onConflict(conflict => conflict.columns(['person_id', 'plugin_id', 'action']).doUpdateSet({ decision }))
      .execute()
    return toolName(plugin.id, action.name)
  })
  announce(ctx, personId, 1)
  return { name, decision }
}
