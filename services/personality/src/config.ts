import { z } from 'zod'

/** Personality reads nothing of the environment beyond what every service reads. */
export const config = z.object({})

export type PersonalityConfig = z.output<typeof config>
