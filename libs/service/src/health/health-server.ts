import { createServer } from 'node:http'
import type { RunningService } from '../runtime/start-service.ts'
import type { Telemetry } from '../telemetry/start.ts'

export interface HealthOptions {
  port: number
  host?: string
  services: readonly RunningService[]
  telemetry: Telemetry
}

/** What a set of services says of itself together. */
export async function readiness(
  services: readonly RunningService[],
): Promise<{ ready: boolean; services: Record<string, Record<string, string>> }> {
  const entries = await Promise.all(services.map(async service => [service.name, await service.checks()] as const))
  const ready = entries.every(([, checks]) => Object.values(checks).every(state => state === 'ok'))
  return { ready, services: Object.fromEntries(entries) }
}

/** `GET /health/live`, `/health/ready` and `/metrics` of a process that has no HTTP server of its own. */
export async function startHealthServer({ port, host = '0.0.0.0', services, telemetry }: HealthOptions) {
  const server = createServer((request, response) => {
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.url === '/health/live') json(200, { live: true })
    else if (request.url === '/metrics') telemetry.serveMetrics(request, response)
    else if (request.url === '/health/ready')
      readiness(services).then(
        found => json(found.ready ? 200 : 503, found),
        () => json(503, { ready: false }),
      )
    else json(404, { code: 'not-found' })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    async stop() {
      await new Promise(resolve => server.close(resolve))
    },
  }
}
