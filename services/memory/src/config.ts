import { setting } from '@luna/service'
import { z } from 'zod'

/** The part of the environment that memory reads; the model's settings are read by @luna/models. */
export const config = z
  .looseObject({
    LUNA_MEMORY_CATCH_UP_MS: setting
      .milliseconds(400)
      .describe('Milliseconds that a recall waits for a changed conversation to be read again; then it is left out.'),
    LUNA_MEMORY_EXTRACT_EVERY: z
      .string()
      .regex(/^[1-9]\d{0,3}$/, { error: 'must be a whole number of messages, at least 1' })
      .transform(Number)
      .default(20)
      .describe('Messages after which memory learns from a conversation that goes on.'),
    LUNA_MEMORY_IDLE_MS: setting
      .milliseconds(180_000)
      .describe('Milliseconds of silence after which memory learns from a conversation.'),
    LUNA_MEMORY_EXTRACTOR: z
      .enum(['auto', 'model', 'rules', 'off'])
      .default('auto')
      .describe('Who learns from what is said: a model where there is one (auto), a model only, rules only, nobody.'),
  })
  .transform(env => ({
    catchUpMs: env.LUNA_MEMORY_CATCH_UP_MS,
    extractEvery: env.LUNA_MEMORY_EXTRACT_EVERY,
    idleMs: env.LUNA_MEMORY_IDLE_MS,
    extractor: env.LUNA_MEMORY_EXTRACTOR,
    /** Whether anything names an embedding model. */
    embeds:
      Boolean(env['LUNA_EMBEDDING_MODEL']) || /"embedding"/.test(String(env['LUNA_PROVIDERS'] as string | undefined)),
    qdrantUrl: typeof env['QDRANT_URL'] === 'string' && env['QDRANT_URL'] !== '' ? env['QDRANT_URL'] : undefined,
    /** The rest, for the models to find their providers in. */
    environment: env as Readonly<Record<string, string | undefined>>,
  }))

export type MemoryConfig = z.output<typeof config>
