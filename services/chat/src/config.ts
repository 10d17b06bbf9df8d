import { setting } from '@luna/service'
import { z } from 'zod'

/** The part of the environment that chat reads; the model's settings are read by @luna/models. */
export const config = z
  .looseObject({
    LUNA_CONTEXT_TOKENS: z
      .string()
      .regex(/^\d{3,7}$/, { error: 'must be a whole number of tokens, at least 100' })
      .transform(Number)
      .default(12_000)
      .describe('Tokens of a prompt at most; what does not fit is summarised or cut, and the receipt says so.'),
    LUNA_ANSWER_TOKENS: z
      .string()
      .regex(/^\d{2,6}$/, { error: 'must be a whole number of tokens' })
      .transform(Number)
      .default(8_192)
      .describe('Tokens of one answer at most.'),
    LUNA_TURN_DEADLINE_MS: setting
      .milliseconds(600_000)
      .describe('Milliseconds until a turn that has not ended fails.'),
    LUNA_HOLDER_TIMEOUT_MS: setting
      .milliseconds(4_000)
      .describe('Milliseconds without a heartbeat after which another process takes over.'),
  })
  .transform(env => ({
    contextTokens: env.LUNA_CONTEXT_TOKENS,
    answerTokens: env.LUNA_ANSWER_TOKENS,
    turnDeadlineMs: env.LUNA_TURN_DEADLINE_MS,
    holderTimeoutMs: env.LUNA_HOLDER_TIMEOUT_MS,
    /** The rest, for the models to find their providers in. */
    environment: env as Readonly<Record<string, string | undefined>>,
  }))

export type ChatConfig = z.output<typeof config>
