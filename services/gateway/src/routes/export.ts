import { Readable } from 'node:stream'
import { chat } from '@luna/contracts'
import { z } from 'zod'
import { markdownOf } from '../export/markdown.ts'
import { openItems, openPages } from '../export/pages.ts'
import { sendFile, sendJsonLines } from '../http/json-lines.ts'
import { callerOf, principalOf } from '../http/signed-in.ts'
import { requireRoom } from '../limits/require.ts'
import { byId, given, listQuery, type Routes } from './route.ts'

const tags = ['Export']

export const exportRoutes: Routes = ctx => async app => {
  app.get(
    '/conversations/:id/export',
    {
      schema: {
        tags,
        summary: 'A conversation as a file: all branches as JSON Lines, or the active branch as Markdown.',
        params: byId,
        querystring: z.strictObject({ format: z.enum(['jsonl', 'markdown']).default('jsonl') }),
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const conversationId = request.params.id
      await requireRoom(ctx.limits, 'export', `conversation:${principalOf(request).personId}`)
      const name = `luna-conversation-${conversationId}`
      if (request.query.format === 'jsonl') {
        const rows = await openPages(cursor =>
          ctx.call(chat.calls.exportPage, given({ conversationId, cursor }), caller),
        )
        return sendJsonLines(reply, name, rows)
      }
      const conversation = await ctx.call(chat.calls.getConversation, { conversationId }, caller)
      const messages = await openItems(cursor =>
        ctx.call(chat.calls.listMessages, given({ conversationId, cursor, direction: 'newer' as const }), caller),
      )
      const body = Readable.from(markdownOf(conversation, messages))
      return sendFile(reply, `${name}.md`, 'text/markdown; charset=utf-8', body)
    },
  )

  app.get(
    '/me/training-pairs',
    {
      schema: {
        tags,
        summary: 'Rated answers as preference pairs: a page of them, or all as JSON Lines with `format=jsonl`.',
        querystring: z.strictObject({ ...listQuery, format: z.enum(['json', 'jsonl']).default('json') }),
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { format, ...query } = request.query
      if (format === 'json') return ctx.call(chat.calls.trainingPairs, given(query), caller)
      await requireRoom(ctx.limits, 'export', principalOf(request).personId)
      const pairs = await openItems(cursor => ctx.call(chat.calls.trainingPairs, given({ cursor }), caller))
      return sendJsonLines(reply, 'luna-training-pairs', pairs)
    },
  )
}
