import { createLogger, openPlatform, platformConfig, readConfig, startService } from '@luna/service'
import { createTestDatabase, scratchDir } from '@luna/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { config } from '../../src/config.ts'
import type { GatewayContext } from '../../src/context.ts'
import { erasureSchedule } from '../../src/housekeeping/housekeeping.ts'
import { createApp } from '../../src/http/app.ts'
import { createGateway } from '../../src/service.ts'

export interface Gateway {
  ctx: GatewayContext
  app: FastifyInstance
  adminUrl: string
  /** Ends it; the database stays until the test is over. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** On the database and data directory of another one. */
  beside?: Gateway
  settings?: Record<string, string>
}

/** A gateway on a real database and the in-process bus, spoken to by `app.inject`: no port is opened. */
async function openGateway({ beside, settings = {} }: StartOptions): Promise<Gateway & { close(): Promise<void> }> {
  const dir = await scratchDir('gateway')
  const database = beside ? null : await createTestDatabase()
  const env = {
    DATABASE_URL: beside?.adminUrl ?? database?.url,
    LUNA_DATA_DIR: beside?.ctx.config.dataDir ?? dir.path,
    LUNA_PORT: '0',
    LUNA_WEB_DIR: `${dir.path}/no-web`,
    LOG_LEVEL: 'silent',
    ...settings,
  }
  const log = createLogger({ service: 'test', level: env.LOG_LEVEL })
  const parts = readConfig({ platform: platformConfig, own: config }, env)
  const platform = await openPlatform(parts.platform, { log })
  const caught: { ctx?: GatewayContext } = {}
  const catcher = {
    name: 'the test',
    async start(ctx: GatewayContext) {
      caught.ctx = ctx
      return { stop: () => ctx.limits.stop() }
    },
  }
  const service = await startService({ ...createGateway(), runs: [catcher, erasureSchedule] }, platform, parts.own)
  if (!caught.ctx) throw new Error('the gateway did not start')
  const app = await createApp(caught.ctx)
  let stopped: Promise<void> | null = null
  const stop = () => {
    stopped ??= (async () => {
      await app.close()
      await service.stop()
      await platform.stop()
    })()
    return stopped
  }
  const close = async () => {
    await stop()
    await database?.drop()
    await dir.remove()
  }
  return { ctx: caught.ctx, app, adminUrl: platform.adminUrl, stop, close }
}

/** One for this test alone. */
export async function startGateway(options: StartOptions = {}): Promise<Gateway> {
  const gateway = await openGateway(options)
  onTestFinished(() => gateway.close())
  return gateway
}

/** One for all tests of a file, which keep apart by the people they make. */
export function sharedGateway(): () => Gateway {
  let gateway: Awaited<ReturnType<typeof openGateway>> | null = null
  beforeAll(async () => {
    gateway = await openGateway({ settings: { LUNA_LIMITS: '{"auth": {"burst": 1000, "perMinute": 1000}}' } })
  })
  afterAll(() => gateway?.close())
  return () => {
    if (!gateway) throw new Error('the shared gateway is started by beforeAll: ask for it inside a test')
    return gateway
  }
}

export interface SignedIn {
  personId: string
  accessToken: string
  /** `name=value` of every cookie that was set. */
  cookies: Record<string, string>
  bearer: { authorization: string }
}

export const cookiesOf = (header: string | string[] | number | undefined): Record<string, string> =>
  Object.fromEntries(
    [header ?? []].flat().map(line => {
      const [name = '', value = ''] = (String(line).split(';')[0] ?? '').split('=')
      return [name, value]
    }),
  )

export const cookieHeader = (cookies: Record<string, string>): { cookie: string } => ({
  cookie: Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; '),
})

let people = 0

export const newEmail = (): string => `person-${process.pid}-${(people += 1)}@example.org`

export async function signUp({ app }: Gateway, email = newEmail(), password = 'correct horse'): Promise<SignedIn> {
  const response = await app.inject({ method: 'POST', url: '/api/v1/auth/register', payload: { email, password } })
  if (response.statusCode !== 201) throw new Error(`could not register: ${response.body}`)
  const { user, accessToken } = response.json<{ user: { id: string }; accessToken: string }>()
  return {
    personId: user.id,
    accessToken,
    cookies: cookiesOf(response.headers['set-cookie']),
    bearer: { authorization: `Bearer ${accessToken}` },
  }
}

/** Sends a request and gives status, code (of an error) and body. */
export async function ask({ app }: Gateway, options: InjectOptions) {
  const response = await app.inject(options)
  const text = response.body
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
  return { status: response.statusCode, code: body['code'], body, headers: response.headers, text }
}
