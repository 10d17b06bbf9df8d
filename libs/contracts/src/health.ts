import { z } from 'zod'
import { type CallDefinition, call } from './define.ts'

const input = z.strictObject({})
const output = z.object({
  service: z.string(),
  instanceId: z.string(),
  version: z.string(),
  ready: z.boolean(),
  /** Every piece it stands on: `ok`, or what is wrong. */
  checks: z.record(z.string(), z.string()),
})

export type ServiceHealth = z.infer<typeof output>

/** The one call that every service serves without listing it: whether it is ready, and what it stands on. */
export const healthOf = <Service extends string>(
  service: Service,
): CallDefinition<`${Service}.health.v1`, typeof input, typeof output> =>
  call(`${service}.health.v1`, `Whether ${service} is ready, and what it stands on.`, {
    input,
    output,
    deadlineMs: 3_000,
  })
