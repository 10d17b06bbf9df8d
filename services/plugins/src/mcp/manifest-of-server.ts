import { createHash } from 'node:crypto'
import { type PluginManifestInput, pluginManifest } from '@luna/contracts'
import { schemaFaults } from '../arguments/schema-faults.ts'

export interface ServerTool {
  name: string
  description?: string | undefined
  inputSchema: Record<string, unknown>
}

export interface DescribedServer {
  /** The key in `mcpServers`. */
  key: string
  name: string
  version: string
  instructions: string
  tools: readonly ServerTool[]
}

const mostTools = 128

/** A name of ours for a name of theirs: the same one each time, and never two alike. */
function actionNameOf(name: string, taken: Set<string>): string {
  const plain =
    name
      .replaceAll(/[^a-zA-Z0-9_-]+/g, '_')
      .replaceAll(/__+/g, '_')
      .replace(/^[^a-zA-Z]+/, '')
      .slice(0, 32) || 'tool'
  const short = createHash('sha256').update(name).digest('hex').slice(0, 6)
  const unique = taken.has(plain) ? `${plain.slice(0, 25)}_${short}` : plain
  taken.add(unique)
  return unique
}

export function pluginIdOf(text: string, fallback = 'mcp'): string {
  const id = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '')
  return id || fallback
}

/**
 * A server's tools as the actions of a plugin. Whatever it says of itself, each acts until the person decides; a schema
 * that is none becomes "any object", since the server checks its own arguments.
 */
export async function manifestOfServer(
  server: DescribedServer,
  mcp: NonNullable<PluginManifestInput['mcp']>,
  rest: { hosts: string[]; secrets: string[] },
) {
  const taken = new Set<string>()
  const actions = await Promise.all(
    server.tools.slice(0, mostTools).map(async tool => {
      const isObject = tool.inputSchema['type'] === 'object'
      const parameters =
        isObject && (await schemaFaults(tool.inputSchema)).length === 0 ? tool.inputSchema : { type: 'object' }
      return {
        name: actionNameOf(tool.name, taken),
        description: (tool.description ?? tool.name).slice(0, 2_000) || tool.name,
        effect: 'act' as const,
        parameters,
        timeoutMs: 30_000,
        run: { type: 'mcp' as const, tool: tool.name },
      }
    }),
  )
  return pluginManifest.parse({
    manifest: 1,
    id: pluginIdOf(server.key),
    name: server.name.slice(0, 100) || server.key,
    version: /^\d+\.\d+\.\d+$/.test(server.version) ? server.version : '1.0.0',
    author: 'MCP server',
    description: (server.instructions || `The tools of the MCP server ${server.name}.`).slice(0, 2_000),
    capabilities: {
      hosts: rest.hosts,
      secrets: rest.secrets.map(name => ({ name, description: 'A header of the MCP server.' })),
    },
    actions,
    mcp,
  } satisfies PluginManifestInput)
}
