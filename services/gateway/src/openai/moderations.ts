import { type ContentClass, moderation } from '@luna/contracts'
import { person } from '@luna/service'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { GatewayContext } from '../context.ts'
import { principalOf } from '../http/signed-in.ts'
import { requireRoom } from '../limits/require.ts'
import { badParameter } from './errors.ts'

const part = z.object({ type: z.string(), text: z.string().optional() })
const moderationRequest = z.object({
  model: z.string().nullish(),
  input: z.union([z.string(), z.array(z.string()).min(1).max(32), z.array(part).min(1).max(32)], {
    error: 'must be a text, a list of at most 32 texts, or a list of parts of type `text`',
  }),
})
type Input = z.infer<typeof moderationRequest>['input']

/** The categories of OpenAI's API in its order, and the class that each one tells. */
const categories: readonly (readonly [string, ContentClass])[] = [
  ['harassment', 'harassment'],
  ['harassment/threatening', 'hate/threat'],
  ['sexual', 'sexual'],
  ['hate', 'hate'],
  ['hate/threatening', 'hate/threat'],
  ['illicit', 'illicit'],
  ['illicit/violent', 'illicit'],
  ['self-harm/intent', 'self-harm'],
  ['self-harm/instructions', 'self-harm'],
  ['self-harm', 'self-harm'],
  ['sexual/minors', 'sexual/minors'],
  ['violence', 'violence'],
  ['violence/graphic', 'violence/graphic'],
]
/** Categories that Luna does not tell apart: never flagged, so that nothing is claimed. */
const untold = new Set(['harassment/threatening', 'illicit/violent', 'self-harm/intent', 'self-harm/instructions'])
const flaggedFrom = 0.5

export function moderationRoutes(app: FastifyInstance, ctx: GatewayContext): void {
  app.post<{ Body: z.infer<typeof moderationRequest> }>(
    '/moderations',
    { schema: { tags: ['OpenAI'], summary: 'Whether texts are harmful, by category.', body: moderationRequest } },
    async request => {
      const { personId } = principalOf(request)
      await requireRoom(ctx.limits, 'completions', personId)
      const { model, results } = await ctx.call(
        moderation.calls.classify,
        { texts: textsOf(request.body.input) },
        { scope: person(personId), requestId: request.id },
      )
      return {
        id: `modr-${ctx.random.id()}`,
        model,
        results: results.map(({ flagged, scores }) => ({
          flagged,
          categories: Object.fromEntries(
            categories.map(([name, content]) => [
              name,
              !untold.has(name) && (scores[content] ?? 0) >= flaggedFrom && flagged,
            ]),
          ),
          category_scores: Object.fromEntries(
            categories.map(([name, content]) => [name, untold.has(name) ? 0 : (scores[content] ?? 0)]),
          ),
          category_applied_input_types: Object.fromEntries(
            categories.map(([name]) => [name, untold.has(name) ? [] : ['text']]),
          ),
        })),
      }
    },
  )
}

/** Parts are one text together; texts are judged one by one. */
function textsOf(input: Input): string[] {
  if (typeof input === 'string') return [input]
  const parts = input.filter(one => typeof one !== 'string')
  if (parts.length === 0) return input.filter(one => typeof one === 'string')
  const other = parts.find(one => one.type !== 'text' || one.text === undefined)
  if (other) throw badParameter('input', `Only text is judged; found a part of type \`${other.type}\`.`)
  return [parts.map(one => one.text).join('\n')]
}
