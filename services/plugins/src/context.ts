import type { plugins } from '@luna/contracts'
import type { BaseContext, EventDelivery, Tx } from '@luna/service'
import type { PluginsConfig } from './config.ts'
import type { Tables } from './db/tables.ts'
import { createSafeFetch, type SafeFetch } from './fetch/safe-fetch.ts'
import { createMcpConnections, type McpConnections } from './mcp/connection-pool.ts'
import { createRegistry, type Registry } from './registry/registry.ts'
import { createLiveRuns, type LiveRuns } from './runs/live-runs.ts'
import { createSandboxes, type Sandboxes } from './sandbox/pool.ts'

export type PluginsContract = typeof plugins

/** What the handlers of plugins may use. */
export interface PluginsContext extends BaseContext<Tables, PluginsContract> {
  readonly config: PluginsConfig
  readonly safeFetch: SafeFetch
  readonly sandboxes: Sandboxes
  readonly mcp: McpConnections
  readonly registry: Registry
  readonly live: LiveRuns
}

export type PluginsTx = Tx<Tables, PluginsContract>
export type PluginsDelivery = EventDelivery<Tables, PluginsContract>

export function createContext(base: BaseContext<Tables, PluginsContract>, config: PluginsConfig): PluginsContext {
  const safeFetch = createSafeFetch(config.reachable)
  const context: PluginsContext = {
    ...base,
    config,
    safeFetch,
    sandboxes: createSandboxes(config.sandboxes, base.log),
    mcp: createMcpConnections({ safeFetch, servers: config.mcpServers }),
    registry: createRegistry(() => context),
    live: createLiveRuns(),
  }
  return context
}
