import { z } from 'zod'
import { call, defineContract, event } from './define.ts'
import { erasedPayload } from './erasure.ts'
import { character, page, pageQuery, text, uuid } from './shapes.ts'

/** One part of a prompt. Parts are cut from the lowest priority up when the budget is short; `required` parts never. */
export const promptPart = z.object({
  name: z.string(),
  role: z.enum(['system', 'user', 'assistant']),
  text: z.string(),
  tokens: z.number().int(),
  priority: z.number().int(),
  required: z.boolean(),
  /** `before` the history, or `after` it. */
  place: z.enum(['before', 'after']),
})
export type PromptPart = z.infer<typeof promptPart>

export const personality = defineContract({
  service: 'personality',
  summary: 'Characters, their prompts and their moods.',
  events: { erased: event('personality.erased.v1', 'personality has erased a person.', erasedPayload) },
  calls: {
    compose: call(
      'personality.compose.v1',
      'The ordered parts of the prompt of a character, with their token counts.',
      {
        deadlineMs: 1_500,
        input: z.strictObject({
          /** Absent: the default character. */
          characterId: uuid.nullable().optional(),
          conversationId: uuid.nullable().optional(),
          personName: text(200).optional(),
          /** The last texts of the conversation, newest last: what a lorebook looks at. */
          recent: z.array(z.string()).max(50).optional(),
        }),
        output: z.object({
          character: z.object({ id: uuid, slug: z.string(), name: z.string(), version: z.number().int() }),
          parts: z.array(promptPart),
          lore: z.array(z.object({ entry: z.string(), why: z.string() })),
        }),
      },
    ),
    getCharacter: call('personality.get-character.v1', 'A character, by id or by slug.', {
      input: z.strictObject({ id: uuid.optional(), slug: z.string().max(200).optional() }),
      output: character,
    }),
    listCharacters: call('personality.list-characters.v1', 'The characters a person may talk to.', {
      input: pageQuery,
      output: page(character),
    }),
  },
  feeds: {},
})
