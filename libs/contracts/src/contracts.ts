import { chat } from './chat.ts'
import { gateway } from './gateway.ts'
import { memory } from './memory.ts'
import { moderation } from './moderation.ts'
import { personality } from './personality.ts'
import { plugins } from './plugins.ts'

/** Every contract there is: what docs, checks and streams are derived from. */
export const contracts = [gateway, chat, memory, personality, plugins, moderation] as const

/** Services that must answer `erased` before an erasure is complete. */
export const erasingServices = ['chat', 'memory', 'personality', 'plugins', 'moderation'] as const

/** The versions of the whole: what `health` and `/openapi.json` say. */
export const lunaVersion = '0.1.0'
