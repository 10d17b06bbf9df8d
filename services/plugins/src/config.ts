import { z } from 'zod'

/** The plugin service reads nothing of the environment beyond what every service reads. */
export const config = z.object({})

export type PluginsConfig = z.output<typeof config>
