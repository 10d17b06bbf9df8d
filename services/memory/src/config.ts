import { setting } from '@luna/service'
import { z } from 'zod'

/** The part of the environment that memory reads. */
export const config = z
  .object({
    LUNA_MEMORY_CATCH_UP_MS: setting
      .milliseconds(400)
      .describe('Milliseconds that a recall waits for a changed conversation to be read again; then it is left out.'),
  })
  .transform(env => ({ catchUpMs: env.LUNA_MEMORY_CATCH_UP_MS }))

export type MemoryConfig = z.output<typeof config>
