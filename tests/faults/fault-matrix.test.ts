import { describeWith, type NeededServer, needNats, needRedis, type ServiceName, waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled } from '../kit/bus.ts'
import { query } from '../kit/database.ts'
import { type DatabaseServer, startDatabaseServer } from '../kit/database-server.ts'
import { doubleEverything } from '../kit/doubling.ts'
import { type LoadOptions, type Progress, seeded, underLoad } from '../kit/load.ts'
import { useLuna } from '../kit/luna.ts'
import { cutAfter } from '../kit/people.ts'
import { type Link, openLink, through } from '../kit/slow-link.ts'
import { testLinks } from './links.ts'
import { testOutages } from './outages.ts'
import { faultTimeoutMs, none, scale } from './scale.ts'

/** Limits that Redis counts, and that nobody here reaches. */
const wide = JSON.stringify(
  Object.fromEntries(
    ['requests', 'auth', 'messages', 'frames', 'sockets'].map(name => [
      name,
      { burst: 1_000_000, perMinute: 1_000_000 },
    ]),
  ),
)

const natsHere = await needNats({ own: true })
const redisHere = await needRedis({ own: true })

describeWith(natsHere, `faults, seed ${scale.seed}`, nats => {
  describeWith(redisHere, 'with everything', redis => matrix(nats, redis))
})

function matrix(nats: NeededServer, redis: NeededServer): void {
  const database: { server?: DatabaseServer } = {}
  const links: { redis?: Link } = {}
  const random = seeded(scale.seed)
  beforeAll(async () => {
    database.server = await startDatabaseServer()
    links.redis = await openLink({ host: '127.0.0.1', port: redis.port })
  })
  const system = useLuna({
    topology: 'distributed',
    nats,
    redis: {
      ...redis,
      get url() {
        return through(redis.url, links.redis ?? { port: 0 })
      },
    },
    databaseUrl: () => database.server?.url ?? '',
    replicas: { gateway: 2, chat: 2 },
    env: { LUNA_LIMITS: wide },
    model: { always: { tokens: scale.tokens, tokensPerSecond: 60 } },
  })
  afterAll(async () => {
    await database.server?.stop()
    await links.redis?.close()
  })

  /** Some turns into the load, at a place that the seed decides. */
  const inTheMiddle = (progress: Progress, share: number) =>
    waitFor(() => progress.accepted >= Math.max(1, Math.floor(scale.turns * share)), {
      timeoutMs: faultTimeoutMs,
      message: 'the middle of the load',
    })

  const load = (
    trouble: (progress: Progress) => Promise<void>,
    options: Partial<LoadOptions> = {},
    luna = system.luna,
  ) => underLoad(luna, { ...scale, ...options }, trouble)

  test(
    'a rolling restart of every process',
    async () => {
      const figures = await load(async progress => {
        await inTheMiddle(progress, 0.2)
        for (const process of system.luna.processes) {
          await process.terminate()
          await process.restart()
        }
      })
      expect(figures).toEqual(none)
    },
    faultTimeoutMs,
  )

  const services: ServiceName[] = ['chat', 'gateway', 'memory', 'moderation', 'personality', 'plugins']
  test.each(services)(
    'kill -9 of %s in mid-turn',
    async name => {
      const figures = await load(async progress => {
        for (let kill = 0; kill < scale.kills; kill += 1) {
          await inTheMiddle(progress, ((kill + random()) / scale.kills) * 0.6)
          const victims = system.luna.processes.filter(process => process.name === name)
          const victim = victims[Math.floor(random() * victims.length)]
          await victim?.kill()
          await victim?.restart()
        }
      })
      expect(figures).toEqual(none)
    },
    faultTimeoutMs,
  )

  testOutages({ nats, redis, system, links, load, inTheMiddle, random, database })
  testLinks({ system, load, inTheMiddle })

  test(
    'the connection cut at every token',
    async () => {
      const figures = await load(async () => undefined, { Socket: cutAfter(4) })
      expect(figures).toEqual(none)
    },
    faultTimeoutMs,
  )

  test(
    'each message delivered twice, with its own id and with another',
    async () => {
      const stop = await doubleEverything(nats.url)
      const figures = await load(async () => undefined).finally(stop)
      expect(figures).toEqual(none)
      expect(await stop()).toBeGreaterThan(scale.turns)
    },
    faultTimeoutMs,
  )

  test(
    'after all of it every turn was counted once',
    async () => {
      await settled(system.luna, nats.url)
      const [found] = await query<{ counted: number; ended: number }>(
        system.luna,
        `select (select sum(turns)::int from gateway.usage) as counted,
                (select count(*)::int from chat.turns where state in ('completed', 'cancelled')) as ended`,
      )
      expect(found?.ended).toBeGreaterThan(0)
      expect(found?.counted).toBe(found?.ended)
    },
    faultTimeoutMs,
  )
}
