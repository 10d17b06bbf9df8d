import { LunaError } from '@luna/contracts'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { ActionResult } from '../builtin/builtin.ts'
import type { SafeFetch } from '../fetch/safe-fetch.ts'
import { fill } from '../http/template.ts'
import type { Installed } from '../install/installed.ts'
import type { SecretStore } from '../secrets/secrets.ts'
import { withoutSecrets } from '../secrets/secrets.ts'
import { connectServer, type ServerAddress } from './connect-server.ts'
import type { OperatorServer } from './operator-servers.ts'

export interface McpCaller {
  plugin: Pick<Installed, 'id' | 'manifest' | 'granted' | 'workspaceId'>
  secrets: SecretStore
  personId: string
  signal: AbortSignal
}

/** Connections to MCP servers, kept while they are used and made anew when they are lost. */
export interface McpConnections {
  callTool(caller: McpCaller, tool: string, args: Record<string, unknown>): Promise<ActionResult>
  /** Uses a connection for anything else. */
  use<T>(caller: McpCaller, work: (client: Client) => Promise<T>): Promise<T>
  /** What a server offers, before it is a plugin. */
  look<T>(address: ServerAddress, signal: AbortSignal, work: (client: Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface McpOptions {
  safeFetch: SafeFetch
  servers: Readonly<Record<string, OperatorServer>>
}

/** Milliseconds that an idle connection stays. */
const idleMs = 120_000
const most = 64

interface Kept {
  client: Promise<Client>
  timer: NodeJS.Timeout | null
}

export function createMcpConnections(options: McpOptions): McpConnections {
  const kept = new Map<string, Kept>()

  function drop(name: string): void {
    const entry = kept.get(name)
    if (!entry) return
    kept.delete(name)
    if (entry.timer) clearTimeout(entry.timer)
    void entry.client.then(client => client.close()).catch(() => {})
  }

  function connected(name: string, address: ServerAddress): Promise<Client> {
    const known = kept.get(name)
    if (known) return known.client
    const [oldest] = kept.keys()
    if (kept.size >= most && oldest !== undefined) drop(oldest)
    const client = connectServer(address, options)
    kept.set(name, { client, timer: null })
    client.then(
      made => {
        // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the client of the SDK is no EventTarget
        made.onclose = () => drop(name)
      },
      () => kept.delete(name),
    )
    return client
  }

  async function using<T>(name: string, address: ServerAddress, work: (client: Client) => Promise<T>): Promise<T> {
    const client = await connected(name, address)
    try {
      return await work(client)
    } catch (error) {
      drop(name)
      throw error
    } finally {
      const entry = kept.get(name)
      if (entry) {
        if (entry.timer) clearTimeout(entry.timer)
        entry.timer = setTimeout(() => drop(name), idleMs)
        entry.timer.unref()
      }
    }
  }

  /** A server that forgot its session, or died between two calls, is connected to anew, once. */
  async function withReconnect<T>(caller: McpCaller, work: (client: Client) => Promise<T>): Promise<T> {
    const address = await addressOf(caller)
    const name = address.transport === 'stdio' ? `stdio ${address.server}` : `${caller.personId} ${caller.plugin.id}`
    const fresh = !kept.has(name)
    try {
      return await using(name, address, work)
    } catch (error) {
      if (fresh || !lost(error) || caller.signal.aborted) throw explain(error, caller)
      return await using(name, address, work).catch((again: unknown) => {
        throw explain(again, caller)
      })
    }
  }

  return {
    use: withReconnect,
    async callTool(caller, tool, args) {
      const result = await withReconnect(caller, client =>
        client.callTool({ name: tool, arguments: args }, undefined, { signal: caller.signal, timeout: 55_000 }),
      )
      const text = withoutSecrets(contentText(result), caller.secrets.seen())
      if (result['isError'] === true)
        throw new LunaError('invalid', `${caller.plugin.manifest.name}: ${text.slice(0, 3_000) || 'the tool failed'}`)
      const data = result['structuredContent']
      return data === undefined ? { text } : { text: text || JSON.stringify(data), data }
    },
    async look(address, signal, work) {
      const client = await connectServer(address, options, signal)
      try {
        return await work(client)
      } finally {
        await client.close().catch(() => {})
      }
    },
    async close() {
      for (const name of kept.keys()) drop(name)
    },
  }
}

/** Gone, or its session unknown, before it can have done anything. */
const lost = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return (
    code === 404 ||
    code === -32_000 ||
    /session|not connected|connection closed|terminated|ECONNRE|EPIPE/i.test(String(message))
  )
}

async function addressOf({ plugin, secrets }: McpCaller): Promise<ServerAddress> {
  const { mcp } = plugin.manifest
  if (!mcp) throw new LunaError('invalid', 'The plugin has no MCP server.')
  if (mcp.transport === 'stdio') return mcp
  const values = {
    arguments: {},
    async secret(name: string) {
      const value = await secrets.get(name)
      if (value === null) throw new LunaError('invalid', `The secret ${name} was not given. Add it to the plugin.`)
      return value
    },
  }
  const headers: Record<string, string> = {}
  for (const [name, template] of Object.entries(mcp.headers)) headers[name] = (await fill(template, values)) ?? ''
  return { transport: 'http', url: mcp.url, headers, hosts: plugin.granted.hosts }
}

function contentText(result: Record<string, unknown>): string {
  const content = Array.isArray(result['content']) ? (result['content'] as Record<string, unknown>[]) : []
  return content
    .map(part => {
      if (part['type'] === 'text') return String(part['text'])
      if (part['type'] === 'resource') {
        const { text, uri } = (part['resource'] ?? {}) as { text?: unknown; uri?: unknown }
        return typeof text === 'string' ? text : `[resource ${String(uri)}]`
      }
      if (part['type'] === 'resource_link') return `[resource ${String(part['uri'])}]`
      return `[${String(part['type'])}]`
    })
    .join('\n')
}

export function explain(error: unknown, { plugin, secrets, signal }: McpCaller): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof LunaError) return error
  const message = withoutSecrets(error instanceof Error ? error.message : String(error), secrets.seen())
  return new LunaError('unavailable', `The MCP server of ${plugin.manifest.name} failed: ${message.slice(0, 500)}`, {
    cause: error,
  })
}
