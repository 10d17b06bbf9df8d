import { createLogger, openPlatform, type Platform, platformConfig, readConfig, startService } from '@luna/service'
import { createTestDatabase, scratchDir } from '@luna/testing'
import Fastify from 'fastify'
import { onTestFinished } from 'vitest'
import { config } from '../../src/config.ts'
import type { GatewayContext } from '../../src/context.ts'
import { openaiRoutes } from '../../src/openai/index.ts'
import { createGateway } from '../../src/service.ts'
import { websocketRoutes } from '../../src/ws/index.ts'
import { defaultSocketTimings, type SocketTimings } from '../../src/ws/timings.ts'
import { Holder } from './holder.ts'

export interface Live {
  ctx: GatewayContext
  platform: Platform
  /** Stands for chat: keeps conversations in memory and publishes what it is told to. */
  holder: Holder
  url: string
  /** A second door, whose deadlines are short or whose clock is another. */
  door(timings: Partial<SocketTimings>, clock?: GatewayContext['clock']): Promise<string>
  openai(embedder?: Parameters<typeof openaiRoutes>[1]): Promise<string>
  signUp(): Promise<Person>
  stop(): Promise<void>
}

export interface Person {
  id: string
  token: string
  cookie: string
}

export interface LiveOptions {
  settings?: Record<string, string>
  beside?: Live
}

let people = 0

/** A gateway that listens, on a real database and the in-process bus. */
export async function startLive({ settings = {}, beside }: LiveOptions = {}): Promise<Live> {
  const dir = await scratchDir('gateway-live')
  const database = beside ? null : await createTestDatabase()
  const env = {
    DATABASE_URL: beside?.platform.adminUrl ?? database?.url,
    LUNA_DATA_DIR: beside?.ctx.config.dataDir ?? dir.path,
    LUNA_PORT: '0',
    LUNA_WEB_DIR: `${dir.path}/no-web`,
    LUNA_LIMITS: 'off',
    LOG_LEVEL: 'silent',
    ...settings,
  }
  const parts = readConfig({ platform: platformConfig, own: config }, env)
  const log = createLogger({ service: 'test', level: env.LOG_LEVEL })
  const platform = beside?.platform ?? (await openPlatform(parts.platform, { log }))
  const holder = beside?.holder ?? (await Holder.start(platform.bus))
  const caught: { ctx?: GatewayContext; url?: string } = {}
  const definition = createGateway({ onListening: url => void (caught.url = url) })
  const catcher = {
    name: 'the test',
    async start(ctx: GatewayContext) {
      caught.ctx = ctx
      return { stop: async () => {} }
    },
  }
  const service = await startService(
    { ...definition, runs: [catcher, ...(definition.runs ?? [])] },
    platform,
    parts.own,
  )
  const { ctx, url } = caught
  if (!ctx || !url) throw new Error('the gateway did not start')
  const apps: ReturnType<typeof Fastify>[] = []
  let stopped: Promise<void> | null = null
  const stop = () => {
    stopped ??= (async () => {
      for (const app of apps) {
        const closing = app.close()
        app.server.closeAllConnections()
        await closing
      }
      await service.stop()
      if (!beside) await platform.stop()
    })()
    return stopped
  }
  onTestFinished(async () => {
    await stop()
    await database?.drop()
    await dir.remove()
  })
  const listen = async (app: ReturnType<typeof Fastify>) => {
    apps.push(app)
    return app.listen({ host: '127.0.0.1', port: 0 })
  }
  return {
    ctx,
    platform,
    holder,
    url,
    stop,
    async door(timings, clock = ctx.clock) {
      const app = Fastify()
      await app.register(websocketRoutes({ ...ctx, clock }, { ...defaultSocketTimings, ...timings }))
      return listen(app)
    },
    async openai(embedder = null) {
      const app = Fastify()
      app.decorateRequest('principal', null)
      await app.register(openaiRoutes(ctx, embedder))
      return listen(app)
    },
    async signUp() {
      const response = await fetch(`${url}/api/v1/auth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: `live-${(people += 1)}@example.org`, password: 'correct horse' }),
      })
      if (response.status !== 201) throw new Error(`could not register: ${await response.text()}`)
      const { user, accessToken } = (await response.json()) as { user: { id: string }; accessToken: string }
      const cookie = response.headers
        .getSetCookie()
        .map(line => line.split(';')[0])
        .join('; ')
      return { id: user.id, token: accessToken, cookie }
    },
  }
}
