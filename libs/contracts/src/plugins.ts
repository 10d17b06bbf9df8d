import { z } from 'zod'
import { call, defineContract, event } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { uuid } from './shapes.ts'

export * from './plugin-manifest.ts'

/** A tool a model may call: the parameters are a JSON Schema object. */
export const tool = z.object({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  consent: z.enum(['allowed', 'ask', 'denied']),
  /** False: an unknown outcome is never repeated. */
  repeatable: z.boolean(),
})
export type Tool = z.infer<typeof tool>

export const plugins = defineContract({
  service: 'plugins',
  summary: 'What a companion can do: actions, tools, consent.',
  events: { erased: event('plugins.erased.v1', 'plugins has erased a person.', erasedPayload) },
  calls: {
    tools: call('plugins.tools.v1', 'The tools a character may use for this person.', {
      deadlineMs: 1_500,
      input: z.strictObject({ characterId: uuid.nullable().optional(), conversationId: uuid.nullable().optional() }),
      output: z.object({ tools: z.array(tool) }),
    }),
    execute: call('plugins.execute.v1', 'Runs an action once: the same callId gives the stored result again.', {
      deadlineMs: 60_000,
      input: z.strictObject({
        callId: z.string().max(200),
        turnId: uuid.nullable(),
        name: z.string().max(64),
        arguments: z.string(),
      }),
      output: z.object({ status: z.enum(['done', 'failed']), result: z.string() }),
    }),
  },
  feeds: {},
})
