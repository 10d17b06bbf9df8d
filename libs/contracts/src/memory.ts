import { z } from 'zod'
import { call, defineContract, event, feed } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { cutPart, recalled, text, uuid } from './shapes.ts'
import { changedWhat } from './wire.ts'

export const memory = defineContract({
  service: 'memory',
  summary: 'Keeps what was said and answers what is remembered about this.',
  events: { erased: event('memory.erased.v1', 'memory has erased a person.', erasedPayload) },
  calls: {
    recall: call('memory.recall.v1', 'What is remembered about this, best first, within a token budget.', {
      deadlineMs: 1_500,
      input: z.strictObject({
        query: text(32_000),
        characterId: uuid.nullable().optional(),
        conversationId: uuid.nullable().optional(),
        /** Memory catches up to this revision of the conversation within the deadline, or leaves out what it cannot prove current. */
        revision: z.number().int().optional(),
        /** Already in the prompt, so not to be recalled. */
        exceptMessageIds: z.array(uuid).max(500).optional(),
        limit: z.number().int().min(1).max(100).optional(),
        tokenBudget: z.number().int().min(0).max(20_000).optional(),
      }),
      output: z.object({ items: z.array(recalled), cut: z.array(cutPart), current: z.boolean() }),
    }),
    exportPage: call('memory.export-page.v1', 'All that memory holds of a person as JSON rows, page by page.', {
      input: z.strictObject({ cursor: z.string().optional() }),
      output: z.object({ rows: z.array(z.record(z.string(), z.unknown())), nextCursor: z.string().nullable() }),
    }),
  },
  feeds: {
    personFrames: feed('memory.person-frames.v1', 'What has changed in the memories of a person.', {
      key: 'person',
      schema: z.object({ type: z.literal('changed'), what: changedWhat, id: uuid, version: z.number().int() }),
    }),
  },
})
