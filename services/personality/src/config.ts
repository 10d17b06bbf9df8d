import { z } from 'zod'

/** Personality reads nothing of its own; the generator finds its model where chat does, in the settings of @luna/models. */
export const config = z
  .looseObject({})
  .transform(env => ({ environment: env as Readonly<Record<string, string | undefined>> }))

export type PersonalityConfig = z.output<typeof config>
