import { chat, contracts, healthOf, LunaError, page, turnState } from '@luna/contracts'
import { system } from '@luna/service'
import { z } from 'zod'
import { requireRole } from '../http/signed-in.ts'
import { given, listQuery, nothing, type Routes } from './route.ts'

const tags = ['Operators']

const serviceState = z.object({
  service: z.string(),
  summary: z.string(),
  ready: z.boolean(),
  instanceId: z.string().nullable(),
  version: z.string().nullable(),
  checks: z.record(z.string(), z.string()),
})

const deadLetter = z.object({
  id: z.string(),
  listener: z.string(),
  event: z.string(),
  eventId: z.string(),
  personId: z.string().nullable(),
  attempts: z.number().int(),
  reason: z.string(),
  at: z.iso.datetime(),
})

const gone = () => new LunaError('not-found', 'There is no such dead letter (any more).')

const byLetter = z.object({ id: z.string().min(1).max(200) })

export const adminRoutes: Routes = ctx => async app => {
  app.addHook('onRequest', async request => requireRole(request, 'operator'))

  app.get(
    '/admin/services',
    {
      schema: {
        tags,
        summary: 'Each service: whether it answers, and what it stands on.',
        response: { 200: page(serviceState) },
      },
    },
    async request => {
      const asked = contracts.map(async ({ service, summary }) => {
        try {
          const found = await ctx.call(healthOf(service), {}, { scope: system, requestId: request.id })
          return { summary, ...found }
        } catch (error) {
          const { message } = LunaError.from(error)
          return { service, summary, ready: false, instanceId: null, version: null, checks: { answers: message } }
        }
      })
      return { items: await Promise.all(asked), nextCursor: null }
    },
  )

  app.get(
    '/admin/turns',
    {
      schema: {
        tags,
        summary: 'Turns of everybody by state, without text.',
        querystring: z.strictObject({ ...listQuery, state: turnState.optional() }),
        response: { 200: chat.calls.listTurns.output },
      },
    },
    async request => ctx.call(chat.calls.listTurns, given(request.query), { scope: system, requestId: request.id }),
  )

  app.get(
    '/admin/dead-letters',
    {
      schema: {
        tags,
        summary: 'Events that a listener could not handle, newest first.',
        querystring: z.strictObject(listQuery),
        response: { 200: page(deadLetter) },
      },
    },
    async request => {
      const { limit = 50, cursor } = request.query
      const letters = await ctx.bus.deadLetters.list({ limit, ...(cursor ? { before: cursor } : {}) })
      const items = letters.map(letter => ({ ...letter, at: letter.at.toISOString() }))
      return { items, nextCursor: letters.length === limit ? (letters.at(-1)?.id ?? null) : null }
    },
  )

  app.post(
    '/admin/dead-letters/:id/redeliver',
    {
      schema: {
        tags,
        summary: 'Sends it to its listener again.',
        params: byLetter,
        response: { 202: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) => {
      if (!(await ctx.bus.deadLetters.redeliver(request.params.id))) throw gone()
      return reply.code(202).send({ id: request.params.id })
    },
  )

  app.delete(
    '/admin/dead-letters/:id',
    { schema: { tags, summary: 'Throws it away.', params: byLetter, response: { 204: nothing } } },
    async (request, reply) => {
      if (!(await ctx.bus.deadLetters.remove(request.params.id))) throw gone()
      return reply.code(204).send()
    },
  )
}
