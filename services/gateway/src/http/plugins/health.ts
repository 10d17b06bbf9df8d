import { LunaError } from '@luna/contracts'
import type { FastifyInstance } from 'fastify'
import type { GatewayContext } from '../../context.ts'

const say = async (check: Promise<void>): Promise<string> => {
  try {
    await check
    return 'ok'
  } catch (error) {
    return error instanceof LunaError ? error.message : 'not reachable'
  }
}

/** For whoever watches the process: alive, ready (503 when not), and numbers for Prometheus. */
export function addHealth(app: FastifyInstance, ctx: GatewayContext): void {
  const hidden = { schema: { hide: true } }
  app.get('/health/live', hidden, async () => ({ live: true }))
  app.get('/health/ready', hidden, async (_request, reply) => {
    const [database, bus] = await Promise.all([say(ctx.store.check()), say(ctx.bus.check())])
    const ready = database === 'ok' && bus === 'ok'
    reply.code(ready ? 200 : 503)
    return { ready, checks: { database, bus, limits: ctx.limits.state() } }
  })
  app.get('/metrics', hidden, async (request, reply) => {
    if (!ctx.telemetry) throw new LunaError('not-found', 'Metrics are not collected in this process.')
    reply.hijack()
    ctx.telemetry.serveMetrics(request.raw, reply.raw)
  })
}
