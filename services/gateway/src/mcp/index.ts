import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Principal } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { addressKey } from '../limits/address-key.ts'
import { requireRoom } from '../limits/require.ts'

/**
 * Luna as an MCP server for other agents, at `/mcp` over streamable HTTP, with an API key or access token. Without
 * sessions: each request is answered by itself, so that any gateway may take it.
 */
export const mcpRoutes =
  (ctx: GatewayContext): FastifyPluginAsync =>
  async root => {
    await root.register(async (app: FastifyInstance) => {
      app.addHook('onRequest', async request => {
        request.principal = await signedIn(ctx, request)
      })
      app.post('/mcp', { schema: { hide: true } }, async (request, reply) => {
        const principal = request.principal as Principal
        const { answerMcp } = await import('./answer-mcp.ts')
        reply.hijack()
        await answerMcp(ctx, principal, request, reply.raw)
      })
      for (const method of ['GET', 'DELETE'] as const)
        app.route({
          method,
          url: '/mcp',
          schema: { hide: true },
          handler: async (_request, reply) => reply.code(405).header('allow', 'POST').send(onlyPost),
        })
    })
  }

/** As the protocol has it for servers without sessions and messages of their own. */
const onlyPost = {
  jsonrpc: '2.0',
  id: null,
  error: { code: -32_000, message: 'This server keeps no sessions and sends nothing by itself: use POST.' },
}

async function signedIn(ctx: GatewayContext, request: FastifyRequest): Promise<Principal> {
  try {
    const principal = await ctx.auth.fromRequest(request, { cookies: false })
    await requireRoom(ctx.limits, 'requests', principal.personId)
    return principal
  } catch (error) {
    await requireRoom(ctx.limits, 'requests', addressKey(request.ip))
    throw error
  }
}
