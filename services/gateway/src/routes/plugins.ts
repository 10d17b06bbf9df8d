import {
  commandInfo,
  consentDecision,
  executed,
  grant,
  manifestJsonSchema,
  page,
  plugin,
  pluginRun,
  plugins,
  text,
} from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { byId, clientIdOf, given, listQuery, nothing, type Routes } from './route.ts'

const tags = ['Plugins']
const byPlugin = z.object({ id: z.string().min(1).max(64) })
const byAction = z.object({ id: z.string().min(1).max(64), name: z.string().min(1).max(64) })
const byFile = z.object({ id: z.uuid(), name: z.string().min(1).max(200) })
const secrets = z.record(z.string().max(64), z.string().max(8_192))

/** Shown as it is only where a browser can do no harm with it; all else is a download. */
const inline = new Set(['image/svg+xml', 'image/png', 'image/jpeg', 'application/pdf', 'text/plain'])

export const pluginRoutes: Routes = ctx => async app => {
  app.get(
    '/plugins',
    { schema: { tags, summary: 'The plugins that this person has.', response: { 200: page(plugin) } } },
    async request => ctx.call(plugins.calls.list, {}, callerOf(request)),
  )

  app.post(
    '/plugins',
    {
      schema: {
        tags,
        summary: 'Adds a manifest to what this person can install; every fault of it is named.',
        body: z.record(z.string(), z.unknown()),
        response: { 201: plugin },
      },
    },
    async (request, reply) => {
      const added = await ctx.call(plugins.calls.register, { manifest: request.body }, callerOf(request))
      return reply.code(201).header('location', `/api/v1/plugins/${added.id}`).send(added)
    },
  )

  app.get(
    '/plugins/manifest-schema',
    {
      schema: { tags, summary: 'The JSON Schema of a manifest.', response: { 200: z.record(z.string(), z.unknown()) } },
    },
    async () => manifestJsonSchema(),
  )

  app.get(
    '/plugins/registry',
    {
      schema: {
        tags,
        summary: 'What can be installed.',
        querystring: z.strictObject({ ...listQuery, q: text(200).optional() }),
        response: { 200: page(plugin) },
      },
    },
    async request => ctx.call(plugins.calls.search, given(request.query), callerOf(request)),
  )

  app.get(
    '/plugins/commands',
    {
      schema: {
        tags,
        summary: 'The commands of this person.',
        response: { 200: z.object({ items: z.array(commandInfo) }) },
      },
    },
    async request => ctx.call(plugins.calls.listCommands, {}, callerOf(request)),
  )

  app.get(
    '/plugins/runs',
    {
      schema: {
        tags,
        summary: 'What was run, newest first.',
        querystring: z.strictObject({ ...listQuery, pluginId: z.string().max(64).optional() }),
        response: { 200: page(pluginRun) },
      },
    },
    async request => ctx.call(plugins.calls.listRuns, given(request.query), callerOf(request)),
  )

  app.post(
    '/plugins/runs/:id/cancel',
    { schema: { tags, summary: 'Ends a run.', params: byId, response: { 202: plugins.calls.cancelRun.output } } },
    async (request, reply) =>
      reply.code(202).send(await ctx.call(plugins.calls.cancelRun, { runId: request.params.id }, callerOf(request))),
  )

  app.get(
    '/plugins/runs/:id/files/:name',
    { schema: { tags, summary: 'A file that a run has made.', params: byFile } },
    async (request, reply) => {
      const { id: runId, name } = request.params
      const { type, content } = await ctx.call(plugins.calls.readFile, { runId, name }, callerOf(request))
      const shown = inline.has(type.split(';')[0] ?? '')
      return reply
        .type(shown ? type : 'application/octet-stream')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header(
          'content-disposition',
          `${shown ? 'inline' : 'attachment'}; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
        )
        .header('cache-control', 'private, max-age=3600')
        .send(Buffer.from(content, 'base64'))
    },
  )

  app.post(
    '/plugins/import/openapi',
    {
      schema: {
        tags,
        summary: 'Makes a plugin of an OpenAPI 3 document, as JSON or text.',
        body: plugins.calls.importOpenapi.input,
        response: { 201: plugin },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await ctx.call(plugins.calls.importOpenapi, given(request.body), callerOf(request))),
  )

  app.post(
    '/plugins/import/mcp',
    {
      schema: {
        tags,
        summary: 'Installs the MCP servers of a pasted `mcpServers` object.',
        body: plugins.calls.importMcp.input,
        response: { 201: plugins.calls.importMcp.output },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await ctx.call(plugins.calls.importMcp, request.body, callerOf(request))),
  )

  app.post(
    '/plugins/sign-in/finish',
    {
      schema: {
        tags,
        summary: 'Ends a sign-in with what another site sent the browser back with.',
        body: z.strictObject({ state: z.string().max(500), code: z.string().max(4_000) }),
        response: { 200: plugins.calls.finishSignIn.output },
      },
    },
    async request => ctx.call(plugins.calls.finishSignIn, request.body, callerOf(request)),
  )

  app.get(
    '/plugins/:id',
    { schema: { tags, summary: 'One plugin.', params: byPlugin, response: { 200: plugin } } },
    async request => ctx.call(plugins.calls.get, { id: request.params.id }, callerOf(request)),
  )

  app.patch(
    '/plugins/:id',
    {
      schema: {
        tags,
        summary: 'Switches a plugin off, or on again.',
        params: byPlugin,
        body: z.strictObject({ enabled: z.boolean() }),
        response: { 200: plugin },
      },
    },
    async request =>
      ctx.call(plugins.calls.setEnabled, { id: request.params.id, enabled: request.body.enabled }, callerOf(request)),
  )

  app.post(
    '/plugins/:id/install',
    {
      schema: {
        tags,
        summary: 'Installs or updates a plugin, and says what is granted.',
        params: byPlugin,
        body: z.strictObject({ grant: grant.partial().optional(), secrets: secrets.optional() }).optional(),
        response: { 200: plugin },
      },
    },
    async request => {
      const wish = given({ id: request.params.id, ...request.body })
      return ctx.call(plugins.calls.install, wish, callerOf(request))
    },
  )

  app.delete(
    '/plugins/:id/install',
    {
      schema: {
        tags,
        summary: 'Takes a plugin away with its secrets and what it stored.',
        params: byPlugin,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await ctx.call(plugins.calls.uninstall, { id: request.params.id }, callerOf(request))
      return reply.code(204).send()
    },
  )

  app.post(
    '/plugins/:id/sign-in',
    {
      schema: {
        tags,
        summary: 'Begins a sign-in at another site: where to send the browser.',
        params: byPlugin,
        body: z.strictObject({ redirectUri: z.url({ protocol: /^https?$/ }).max(2_000) }),
        response: { 200: plugins.calls.beginSignIn.output },
      },
    },
    async request => {
      const { redirectUri } = request.body
      return ctx.call(plugins.calls.beginSignIn, { id: request.params.id, redirectUri }, callerOf(request))
    },
  )

  app.post(
    '/plugins/:id/mcp',
    {
      schema: {
        tags,
        summary: 'Resources and prompts of the MCP server behind a plugin: the list, or one of them.',
        params: byPlugin,
        body: plugins.calls.readMcp.input.omit({ id: true }),
        response: { 200: plugins.calls.readMcp.output },
      },
    },
    async request =>
      ctx.call(plugins.calls.readMcp, given({ ...request.body, id: request.params.id }), callerOf(request)),
  )

  app.put(
    '/plugins/:id/actions/:name/consent',
    {
      schema: {
        tags,
        summary: 'Whether an action may run: always, when asked, or never.',
        params: byAction,
        body: z.strictObject({ decision: consentDecision }),
        response: { 200: plugins.calls.setConsent.output },
      },
    },
    async request => {
      const { id, name } = request.params
      return ctx.call(
        plugins.calls.setConsent,
        { name: `${id}__${name}`, decision: request.body.decision },
        callerOf(request),
      )
    },
  )

  app.post(
    '/plugins/:id/actions/:name/execute',
    {
      schema: {
        tags,
        summary: 'Runs an action, in the person’s own name. The same Idempotency-Key is one run.',
        params: byAction,
        body: z.strictObject({
          arguments: z.record(z.string(), z.unknown()).default({}),
          conversationId: z.uuid().optional(),
          id: z.uuid().optional(),
        }),
        response: { 200: executed.extend({ runId: z.uuid() }) },
      },
    },
    async request => {
      const { id, name } = request.params
      const { arguments: args, conversationId } = request.body
      const run = await ctx.call(
        plugins.calls.execute,
        {
          callId: clientIdOf(request, request.body.id, ctx),
          turnId: null,
          name: `${id}__${name}`,
          arguments: JSON.stringify(args),
          origin: 'person',
          ...(conversationId ? { conversationId } : {}),
        },
        callerOf(request),
      )
      return { ...run, runId: run.runId ?? '' }
    },
  )
}
