import type { plugins } from '@luna/contracts'
import type { BaseContext, EventDelivery, Tx } from '@luna/service'
import type { PluginsConfig } from './config.ts'
import type { Tables } from './db/tables.ts'

export type PluginsContract = typeof plugins

/** What the handlers of plugins may use. */
export type PluginsContext = BaseContext<Tables, PluginsContract>

export type PluginsTx = Tx<Tables, PluginsContract>
export type PluginsDelivery = EventDelivery<Tables, PluginsContract>

export const createContext = (base: PluginsContext, _config: PluginsConfig): PluginsContext => base
