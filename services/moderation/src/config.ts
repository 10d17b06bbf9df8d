import { z } from 'zod'

/** Moderation reads nothing of the environment beyond what every service reads. */
export const config = z.object({})

export type ModerationConfig = z.output<typeof config>
