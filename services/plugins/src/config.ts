import { setting } from '@luna/service'
import { z } from 'zod'
import { parseReachableHosts } from './fetch/reachable-hosts.ts'
import { parseMcpServers } from './mcp/operator-servers.ts'

/** The part of the environment that plugins read. */
export const config = z
  .object({
    LUNA_PLUGIN_HOSTS: z
      .string()
      .default('')
      .transform((value, ctx) => {
        const parsed = parseReachableHosts(value)
        for (const message of parsed.faults) ctx.addIssue({ code: 'custom', message })
        return parsed.hosts
      })
      .describe(
        'Private hosts that plugins may reach, separated by commas: host, host:port or a network such as 10.0.0.0/8. Without it: public addresses alone.',
      ),
    LUNA_PLUGIN_REGISTRY: z
      .string()
      .max(2_000)
      .optional()
      .describe(
        'An index of plugins to install from: a file, or an address of a JSON document {"plugins": [manifest, ...]}.',
      ),
    LUNA_MCP_SERVERS: z
      .string()
      .optional()
      .transform((value, ctx) => {
        const parsed = parseMcpServers(value)
        for (const message of parsed.faults) ctx.addIssue({ code: 'custom', message })
        return parsed.servers
      })
      .describe(
        'MCP servers that run as programs beside Luna, for everybody: JSON {"mcpServers": {"name": {"command": "...", "args": [..], "env": {..}}}}, or a file of it.',
      ),
    LUNA_PLUGIN_RUNS_PER_DAY: z
      .string()
      .regex(/^\d{1,7}$/, { error: 'must be a whole number' })
      .transform(Number)
      .default(5_000)
      .describe('Runs of plugins that a person may have in 24 hours.'),
    LUNA_PLUGIN_SANDBOXES: z
      .string()
      .regex(/^[1-9]\d?$/, { error: 'must be a whole number from 1 to 99' })
      .transform(Number)
      .default(4)
      .describe('Sandboxes that run code at the same time; what is beyond waits.'),
    LUNA_PLUGIN_LEASE_MS: setting
      .milliseconds(10_000)
      .describe('Milliseconds without a sign of life after which a run counts as lost.'),
  })
  .transform(env => ({
    reachable: env.LUNA_PLUGIN_HOSTS,
    registry: env.LUNA_PLUGIN_REGISTRY ?? null,
    mcpServers: env.LUNA_MCP_SERVERS,
    runsPerDay: env.LUNA_PLUGIN_RUNS_PER_DAY,
    sandboxes: env.LUNA_PLUGIN_SANDBOXES,
    leaseMs: env.LUNA_PLUGIN_LEASE_MS,
  }))

export type PluginsConfig = z.output<typeof config>
