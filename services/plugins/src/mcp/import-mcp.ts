import { LunaError, type Plugin, type plugins } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { z } from 'zod'
import type { PluginsContext } from '../context.ts'
import { everything } from '../install/decide-grant.ts'
import { describe } from '../install/describe.ts'
import { findInstalled } from '../install/installed.ts'
import { putInstall, putManifest } from '../install/put-install.ts'
import { contentHash } from '../manifest/canonical.ts'
import { createSecretStore } from '../secrets/secrets.ts'
import type { ServerAddress } from './connect-server.ts'
import { type DescribedServer, manifestOfServer, pluginIdOf } from './manifest-of-server.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>

const remote = z.object({
  type: z.enum(['http', 'streamable-http', 'streamableHttp']).optional(),
  url: z.url({ protocol: /^https?$/ }),
  headers: z.record(z.string().max(200), z.string().max(8_000)).default({}),
})

const lookMs = 20_000

/** Asks each server of a pasted `mcpServers` object for its tools and installs them. Programs are the operator's alone. */
export const importMcp: Handlers['importMcp'] = async ({ mcpServers }, ctx, { scope }) => {
  const personId = personOf(scope)
  const items: Plugin[] = []
  const failed: { server: string; message: string }[] = []
  for (const [key, value] of Object.entries(mcpServers)) {
    try {
      items.push(await importServer(ctx, personId, key, value))
    } catch (error) {
      failed.push({ server: key, message: failure(error) })
    }
  }
  return { items, failed }
}

const failure = (error: unknown): string =>
  error instanceof LunaError
    ? error.message
    : `The server could not be asked: ${error instanceof Error ? error.message.slice(0, 300) : 'no reason given'}`

async function importServer(
  ctx: PluginsContext,
  personId: string,
  key: string,
  value: Record<string, unknown>,
): Promise<Plugin> {
  const signal = AbortSignal.timeout(lookMs)
  if ('command' in value || (Object.keys(value).length === 0 && Object.hasOwn(ctx.config.mcpServers, key))) {
    if (!Object.hasOwn(ctx.config.mcpServers, key))
      throw new LunaError(
        'forbidden',
        `"${key}" is a program. Only the operator may have one run, in LUNA_MCP_SERVERS.`,
      )
    const described = await ctx.mcp.look({ transport: 'stdio', server: key }, signal, client =>
      describeServer(client, key),
    )
    const manifest = await manifestOfServer(described, { transport: 'stdio', server: key }, { hosts: [], secrets: [] })
    return keep(ctx, personId, manifest, {})
  }
  const parsed = remote.safeParse(value)
  if (!parsed.success)
    throw new LunaError(
      'invalid',
      `"${key}" needs a "url" of a streamable HTTP server: ${parsed.error.issues.map(issue => issue.message).join('; ')}`,
    )
  const { url, headers } = parsed.data
  const address: ServerAddress = { transport: 'http', url, headers, hosts: null }
  const described = await ctx.mcp.look(address, signal, client => describeServer(client, key))
  const secrets = Object.fromEntries(Object.entries(headers).map(([name, text]) => [secretNameOf(name), text]))
  const templates = Object.fromEntries(Object.keys(headers).map(name => [name, `{{${secretNameOf(name)}}}`]))
  const manifest = await manifestOfServer(
    described,
    { transport: 'http', url, headers: templates },
    { hosts: [new URL(url).host], secrets: Object.keys(secrets) },
  )
  return keep(ctx, personId, manifest, secrets)
}

/** Every header is a secret: one cannot tell which is. */
const secretNameOf = (header: string): string =>
  `HEADER_${header.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`.slice(0, 64)

async function describeServer(client: Client, key: string): Promise<DescribedServer> {
  const tools: DescribedServer['tools'][number][] = []
  let cursor: string | undefined
  for (let page = 0; page < 20; page += 1) {
    const answer = await client.listTools(cursor === undefined ? {} : { cursor }, { timeout: 10_000 })
    tools.push(...answer.tools)
    cursor = answer.nextCursor
    if (cursor === undefined || tools.length >= 128) break
  }
  if (tools.length === 0) throw new LunaError('invalid', `The server "${key}" offers no tools.`)
  const info = client.getServerVersion()
  return {
    key,
    name: info?.title ?? info?.name ?? key,
    version: info?.version ?? '',
    instructions: client.getInstructions() ?? '',
    tools,
  }
}

async function keep(
  ctx: PluginsContext,
  personId: string,
  manifest: Awaited<ReturnType<typeof manifestOfServer>>,
  secrets: Record<string, string>,
): Promise<Plugin> {
  const scope = { kind: 'person', personId } as const
  const store = createSecretStore(ctx, personId, manifest.id)
  for (const [name, value] of Object.entries(secrets)) await store.set(name, value)
  return ctx.db.transaction(scope, async tx => {
    const hash = contentHash(manifest)
    await putManifest(tx, { personId, source: 'mcp', manifest, hash })
    await putInstall(tx, {
      personId,
      workspaceId: null,
      source: 'mcp',
      manifest,
      hash,
      granted: everything(manifest.capabilities),
      enabled: true,
    })
    const installed = await findInstalled(tx, manifest.id)
    return describe({ tx, personId, installed, manifest, hash, source: 'mcp' })
  })
}

/** Resources and prompts of the server behind an installed plugin. */
export const readMcp: Handlers['readMcp'] = async ({ id, resource, prompt }, ctx, { scope }) => {
  const personId = personOf(scope)
  const plugin = await ctx.db.transaction(scope, tx => findInstalled(tx, id))
  if (!plugin?.manifest.mcp)
    throw new LunaError('not-found', `There is no plugin "${pluginIdOf(id)}" with an MCP server.`)
  const signal = AbortSignal.timeout(lookMs)
  const secrets = createSecretStore(ctx, plugin.ownerId ?? personId, id)
  return ctx.mcp.use({ plugin, secrets, personId, signal }, async client => {
    if (resource !== undefined) {
      const { contents } = await client.readResource({ uri: resource }, { signal })
      return {
        text: contents
          .map(part => ('text' in part ? part.text : `[${part.mimeType ?? 'bytes'}]`))
          .join('\n')
          .slice(0, 256_000),
      }
    }
    if (prompt) {
      const { messages } = await client.getPrompt({ name: prompt.name, arguments: prompt.arguments ?? {} }, { signal })
      return {
        text: messages
          .map(({ role, content }) => `${role}: ${content.type === 'text' ? content.text : `[${content.type}]`}`)
          .join('\n')
          .slice(0, 256_000),
      }
    }
    const can = client.getServerCapabilities() ?? {}
    const resources = can.resources ? (await client.listResources({}, { signal })).resources : []
    const prompts = can.prompts ? (await client.listPrompts({}, { signal })).prompts : []
    const about = (description: string | undefined) => (description === undefined ? {} : { description })
    return {
      resources: resources.slice(0, 500).map(({ uri, name, description }) => ({ uri, name, ...about(description) })),
      prompts: prompts.slice(0, 500).map(({ name, description }) => ({ name, ...about(description) })),
    }
  })
}
