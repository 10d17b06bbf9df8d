import { service as chat } from '@luna/chat'
import { service as gateway } from '@luna/gateway'
import { service as memory } from '@luna/memory'
import { service as moderation } from '@luna/moderation'
import { service as personality } from '@luna/personality'
import { service as plugins } from '@luna/plugins'
import {
  type Environment,
  type Platform,
  type PlatformConfig,
  platformConfig,
  type RunningService,
  readConfig,
  startService,
} from '@luna/service'

/** What of the settings the command line itself uses. */
export interface Settings {
  platform: PlatformConfig
  gateway: { host: string; port: number }
}

/** Starts every service in this process; the ones that need others last, the gateway's door at the very end. */
export type StartServices = (platform: Platform, started: RunningService[]) => Promise<void>

/** The settings of the platform and of all services, every fault of them at once, and the services waiting for a platform. */
export function readSettings(env: Environment): { settings: Settings; startServices: StartServices } {
  const read = readConfig(
    {
      platform: platformConfig,
      moderation: moderation.config,
      personality: personality.config,
      plugins: plugins.config,
      memory: memory.config,
      chat: chat.config,
      gateway: gateway.config,
    },
    env,
  )
  return {
    settings: read,
    async startServices(platform, started) {
      const keep = async (starting: Promise<RunningService>) => void started.push(await starting)
      await Promise.all([
        keep(startService(moderation, platform, read.moderation)),
        keep(startService(personality, platform, read.personality)),
        keep(startService(plugins, platform, read.plugins)),
        keep(startService(memory, platform, read.memory)),
      ])
      await keep(startService(chat, platform, read.chat))
      await keep(startService(gateway, platform, read.gateway))
    },
  }
}

/** The gateway alone, for commands that need what it owns, without opening its door to others. */
export const startGateway = (env: Environment, platform: Platform): Promise<RunningService> =>
  startService(gateway, platform, readConfig({ gateway: gateway.config }, { ...env, LUNA_PORT: '0' }).gateway)
