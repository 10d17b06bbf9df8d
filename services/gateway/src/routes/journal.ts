import { journalEntry, memory, page, text } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { byId, clientIdOf, given, listQuery, nothing, type Routes } from './route.ts'

const tags = ['Journal']
const { listJournal, addJournal, editJournal, removeJournal, journalPrompts } = memory.calls

export const journalRoutes: Routes = ctx => async app => {
  app.get(
    '/journal',
    {
      schema: {
        tags,
        summary: 'The journal of this person, latest first.',
        querystring: z.strictObject({ ...listQuery, tag: text(64, 1).optional(), q: text(500).optional() }),
        response: { 200: page(journalEntry) },
      },
    },
    async request => ctx.call(listJournal, given(request.query), callerOf(request)),
  )

  app.post(
    '/journal',
    {
      schema: {
        tags,
        summary: 'Writes an entry.',
        body: addJournal.input.partial({ id: true }),
        response: { 201: journalEntry },
      },
    },
    async (request, reply) => {
      const input = { ...given(request.body), id: clientIdOf(request, request.body.id, ctx) }
      const made = await ctx.call(addJournal, input as z.output<typeof addJournal.input>, callerOf(request))
      return reply.code(201).send(tagged(reply, made))
    },
  )

  app.get(
    '/journal/prompts',
    {
      schema: {
        tags,
        summary: 'Questions to write about, drawn from recent days.',
        querystring: z.strictObject({ limit: z.coerce.number().int().min(1).max(10).optional() }),
        response: { 200: journalPrompts.output },
      },
    },
    async request => ctx.call(journalPrompts, given(request.query), callerOf(request)),
  )

  app.patch(
    '/journal/:id',
    {
      schema: {
        tags,
        summary: 'Changes an entry.',
        params: byId,
        body: editJournal.input.omit({ id: true, ifVersion: true }),
        response: { 200: journalEntry },
      },
    },
    async (request, reply) => {
      const changes = given({ ...request.body, id: request.params.id, ifVersion: ifVersionOf(request) })
      return tagged(
        reply,
        await ctx.call(editJournal, changes as z.output<typeof editJournal.input>, callerOf(request)),
      )
    },
  )

  app.delete(
    '/journal/:id',
    { schema: { tags, summary: 'Deletes an entry for good.', params: byId, response: { 204: nothing } } },
    async (request, reply) => {
      await ctx.call(
        removeJournal,
        given({ id: request.params.id, ifVersion: ifVersionOf(request) }),
        callerOf(request),
      )
      return reply.code(204).send()
    },
  )
}
