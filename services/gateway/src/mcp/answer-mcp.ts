import type { ServerResponse } from 'node:http'
import { LunaError, lunaVersion } from '@luna/contracts'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { FastifyRequest } from 'fastify'
import type { Principal } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { addTools } from './tools.ts'

/** Answers one request of an MCP client, on behalf of the person whose key it carries. */
export async function answerMcp(
  ctx: GatewayContext,
  principal: Principal,
  request: FastifyRequest,
  response: ServerResponse,
): Promise<void> {
  const server = new McpServer(
    { name: 'luna', title: 'Luna', version: lunaVersion },
    { instructions: 'Talk with the companions of a person, and read and write what they remember of the person.' },
  )
  addTools(server, ctx, principal)
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
  response.on('close', () => void server.close().catch(() => {}))
  try {
    await server.connect(transport as never)
    await transport.handleRequest(request.raw, response, request.body)
  } catch (error) {
    ctx.log.warn({ err: error, requestId: request.id }, 'an MCP request failed')
    if (response.headersSent) return void response.end()
    const { message } = LunaError.from(error)
    response.writeHead(500, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32_603, message } }))
  }
}
