import { setting } from '@luna/service'
import { z } from 'zod'

/** What moderation reads of the environment; the model's settings are read by @luna/models. */
export const config = z
  .looseObject({
    LUNA_CHECK_IN_MS: setting
      .milliseconds(72_000_000)
      .describe('Milliseconds after a crisis until the companion asks how the person is; 20 hours unless said.'),
    LUNA_CHECK_IN_EVERY_MS: setting
      .milliseconds(60_000)
      .describe('Milliseconds between looks for check-ins that are due.'),
  })
  .transform(env => ({
    checkInMs: env.LUNA_CHECK_IN_MS,
    checkInEveryMs: env.LUNA_CHECK_IN_EVERY_MS,
    /** The rest, for the model layer to find its provider in. */
    environment: env as Readonly<Record<string, string | undefined>>,
  }))

export type ModerationConfig = z.output<typeof config>
