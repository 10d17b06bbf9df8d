import type { WebSocket } from '@fastify/websocket'
import websocket from '@fastify/websocket'
import { limits } from '@luna/contracts'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { GatewayContext } from '../context.ts'
import { hubOf } from '../live/hub.ts'
import { lookAt } from '../submit/look.ts'
import { admit } from './admit.ts'
import { goingAway } from './close-codes.ts'
import { Connection } from './connection.ts'
import type { Gate } from './gate.ts'
import { Registry } from './registry.ts'
import { defaultSocketTimings, type SocketTimings } from './timings.ts'

/**
 * `GET /ws`. Register it at the root, before other routes: from there it also ends upgrades to paths that are not its own.
 */
export function websocketRoutes(
  ctx: GatewayContext,
  timings: SocketTimings = defaultSocketTimings,
): FastifyPluginAsync {
  return fp(async app => {
    const registry = new Registry()
    const hub = hubOf(ctx)
    const gate: Gate = { ctx, hub, timings, gone: connection => registry.remove(connection) }
    await app.register(websocket, {
      options: { maxPayload: limits.frameBytes, perMessageDeflate: false, clientTracking: false },
      errorHandler: error => ctx.log.debug({ err: error }, 'a socket broke'),
      async preClose() {
        hub.drain()
        registry.drain(goingAway, 'this gateway is stopping; connect again')
      },
    })
    registry.start(gate)
    // The first look builds the rules of all languages; nobody should wait for that.
    lookAt('')
    app.addHook('onClose', () => hub.stop())
    app.get(
      '/ws',
      { websocket: true, onRequest: request => admit(ctx, request), schema: { hide: true } },
      (socket, request) => open(registry, gate, socket, request),
    )
  })
}

function open(registry: Registry, gate: Gate, socket: WebSocket, request: FastifyRequest): void {
  const { cookie, authorization, origin, host } = request.headers
  const credentials = { method: 'GET', headers: { cookie, authorization, origin, host } }
  const connection = new Connection(gate, socket, credentials, request.headers['accept-language'])
  registry.add(connection)
  socket.on('message', (data, isBinary) => connection.receive(data, isBinary))
  socket.on('pong', () => connection.pong())
  socket.on('close', () => connection.gone())
}
