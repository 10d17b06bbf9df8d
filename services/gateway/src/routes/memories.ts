import { memory, memoryItem, memoryKind, memorySettings, page, text } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { byId, clientIdOf, given, listQuery, nothing, type Routes } from './route.ts'

const tags = ['Memory']
const flag = z.enum(['true', 'false']).transform(value => value === 'true')
const { recall, listMemories, getMemory, addMemory, editMemory, forgetMemory, explainMemory } = memory.calls
const { getSettings, setSettings, insights } = memory.calls

export const memoryRoutes: Routes = ctx => async app => {
  app.get(
    '/memories',
    {
      schema: {
        tags,
        summary: 'What is remembered of this person, latest first; with `q` the best first.',
        querystring: z.strictObject({
          ...listQuery,
          q: text(500).optional(),
          kind: memoryKind.optional(),
          characterId: z.uuid().optional(),
          pinned: flag.optional(),
          asOf: z.iso.datetime({ offset: true }).optional(),
          history: flag.optional(),
        }),
        response: { 200: page(memoryItem) },
      },
    },
    async request => ctx.call(listMemories, given(request.query), callerOf(request)),
  )

  app.post(
    '/memories',
    {
      schema: {
        tags,
        summary: 'Writes down something to be remembered.',
        body: addMemory.input.partial({ id: true }),
        response: { 201: memoryItem },
      },
    },
    async (request, reply) => {
      const input = { ...given(request.body), id: clientIdOf(request, request.body.id, ctx) }
      const made = await ctx.call(addMemory, input as z.output<typeof addMemory.input>, callerOf(request))
      return reply.code(201).header('location', `/api/v1/memories/${made.id}`).send(tagged(reply, made))
    },
  )

  app.get(
    '/memories/:id',
    { schema: { tags, summary: 'One memory.', params: byId, response: { 200: memoryItem } } },
    async (request, reply) => tagged(reply, await ctx.call(getMemory, { id: request.params.id }, callerOf(request))),
  )

  app.get(
    '/memories/:id/why',
    {
      schema: {
        tags,
        summary: 'Why it is remembered: what was said, earlier versions, what it took the place of.',
        params: byId,
        response: { 200: explainMemory.output },
      },
    },
    async request => ctx.call(explainMemory, { id: request.params.id }, callerOf(request)),
  )

  app.patch(
    '/memories/:id',
    {
      schema: {
        tags,
        summary: 'Corrects or pins a memory; the old version stays in its history.',
        params: byId,
        body: editMemory.input.omit({ id: true, ifVersion: true }),
        response: { 200: memoryItem },
      },
    },
    async (request, reply) => {
      const changes = given({ ...request.body, id: request.params.id, ifVersion: ifVersionOf(request) })
      return tagged(reply, await ctx.call(editMemory, changes as z.output<typeof editMemory.input>, callerOf(request)))
    },
  )

  app.delete(
    '/memories/:id',
    {
      schema: {
        tags,
        summary: 'Forgets a memory for good; the same words teach it no second time.',
        params: byId,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await ctx.call(forgetMemory, given({ id: request.params.id, ifVersion: ifVersionOf(request) }), callerOf(request))
      return reply.code(204).send()
    },
  )

  app.post(
    '/memories/recall',
    {
      schema: {
        tags,
        summary: 'What would be recalled for a question, with score and reasons.',
        body: recall.input.pick({ query: true, characterId: true, limit: true, asOf: true, tokenBudget: true }),
        response: { 200: recall.output },
      },
    },
    async request => ctx.call(recall, given(request.body) as z.output<typeof recall.input>, callerOf(request)),
  )

  app.get(
    '/memories/insights',
    {
      schema: {
        tags,
        summary: 'What recurs in talks, memories and journal, each with its proof; series ready to plot.',
        querystring: z.strictObject({
          days: z.coerce.number().int().min(7).max(3_650).optional(),
          characterId: z.uuid().optional(),
        }),
        response: { 200: insights.output },
      },
    },
    async request => ctx.call(insights, given(request.query), callerOf(request)),
  )

  app.get(
    '/memories/settings',
    { schema: { tags, summary: 'Whether memory learns, and for whom.', response: { 200: memorySettings } } },
    async request => ctx.call(getSettings, {}, callerOf(request)),
  )

  app.patch(
    '/memories/settings',
    {
      schema: {
        tags,
        summary: 'Pauses memory or lets it go on; shares it among characters or not.',
        body: setSettings.input,
        response: { 200: memorySettings },
      },
    },
    async request =>
      ctx.call(setSettings, given(request.body) as z.output<typeof setSettings.input>, callerOf(request)),
  )
}
