import { setTimeout as pause } from 'node:timers/promises'
import { chat } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { eventOf, joinBus } from '../kit/bus.ts'
import { faultTimeoutMs, none, scale } from './scale.ts'
import type { FaultTools } from './tools.ts'

/** Servers that die, stay away, are slow, or forget. */
export function testOutages({ nats, redis, database, links, random, system, load, inTheMiddle }: FaultTools): void {
  // oxlint-disable-next-line vitest/valid-title -- the title is each caller's
  const fault = (name: string, run: () => Promise<void>) => test(name, run, faultTimeoutMs)
  const someway = () => 0.3 + random() * 0.3

  fault('NATS killed and restarted', async () => {
    const figures = await load(async progress => {
      await inTheMiddle(progress, someway())
      await nats.kill()
      await nats.restart()
    })
    expect(figures).toEqual(none)
  })

  fault(`NATS away for ${scale.outageMs} ms`, async () => {
    const figures = await load(async progress => {
      await inTheMiddle(progress, someway())
      await nats.kill()
      await pause(scale.outageMs)
      await nats.restart()
    })
    expect(figures).toEqual(none)
  })

  fault('PostgreSQL restarted', async () => {
    const figures = await load(async progress => {
      await inTheMiddle(progress, someway())
      await database.server?.restart()
    })
    expect(figures).toEqual(none)
  })

  fault(`PostgreSQL away for ${scale.outageMs / 2} ms`, async () => {
    const figures = await load(async progress => {
      await inTheMiddle(progress, someway())
      await database.server?.restart(() => pause(scale.outageMs / 2))
    })
    expect(figures).toEqual(none)
  })

  fault('Redis gone and back, flushed, and slow', async () => {
    const figures = await load(async progress => {
      await inTheMiddle(progress, 0.2)
      await redis.kill()
      await inTheMiddle(progress, 0.4)
      await redis.restart()
      const client = new Redis(redis.url)
      await client.flushall()
      client.disconnect()
      if (links.redis) links.redis.delayMs = 400
      await inTheMiddle(progress, 0.8)
      if (links.redis) links.redis.delayMs = 0
    })
    expect(figures).toEqual(none)
  })

  fault('a poison message under load', async () => {
    const bus = await joinBus(system.luna, nats.url)
    const poison = eventOf('chat', chat.events.turnEnded.name, { personId: 'nobody', turnId: 7 })
    const figures = await load(async progress => {
      await inTheMiddle(progress, someway())
      await bus.publish([poison])
    })
    expect(figures).toEqual(none)
    const isDead = async () => (await bus.deadLetters.list({ limit: 100 })).some(({ eventId }) => eventId === poison.id)
    await waitFor(isDead, { timeoutMs: 60_000, message: 'the poison among the dead letters' })
    await bus.close()
  })
}
