import { readFileSync } from 'node:fs'
import { uuidv7 } from '@luna/client'
import { describeWith, needNats, needRedis, startFakeModel, startLuna } from '@luna/testing'
import { expect, test } from 'vitest'
import { startDatabaseServer } from '../kit/database-server.ts'
import { signIn } from '../kit/live-socket.ts'
import { signUp } from '../kit/people.ts'
import { rest } from '../kit/rest.ts'
import { say } from '../kit/talk.ts'

/** Two hundred lines, one for each crisis rule, in ten languages: the examples that the rules keep beside themselves. */
const examples = JSON.parse(
  readFileSync(new URL('../../libs/safety/src/crisis/rules/examples.json', import.meta.url), 'utf8'),
) as Record<string, string>
const wishes = ['I want to die', 'Ich will nicht mehr leben', "j'ai envie de mourir", 'quiero morirme', 'voglio morire']
const more = ['quero morrer', 'я хочу умереть', 'मैं मरना चाहती हूँ', '死にたい', '我不想活了']

/** What frames a line of a person: each of the 200 is another text. */
const lines = Array.from(
  { length: 200 },
  (_, at) => `${[...wishes, ...more][at % 10]} … ${Object.values(examples)[at] ?? ''}`,
)

const nats = await needNats({ own: true })
const redis = await needRedis({ own: true })
const servers =
  nats.available && redis.available ? { available: true as const, nats, redis } : nats.available ? redis : nats

describeWith(servers as never, 'the crisis card (distributed)', (given: never) => {
  const { nats: bus, redis: cache } = given as {
    nats: Extract<typeof nats, { available: true }>
    redis: Extract<typeof redis, { available: true }>
  }

  test('200 crisis lines get 200 cards within a second each, with NATS, Redis, database, model and all other services gone', async () => {
    const [database, model] = await Promise.all([startDatabaseServer(), startFakeModel()])
    const luna = await startLuna({
      topology: 'distributed',
      nats: bus,
      redis: cache,
      databaseUrl: database.url,
      modelUrl: model.url,
      env: { LUNA_LIMITS: 'off' },
    })
    try {
      const { token } = await signUp(luna.url)
      const socket = await signIn(luna.url, token)
      const { conversationId } = await say(socket, 'Hello there.')
      await Promise.all(luna.processes.filter(({ name }) => name !== 'gateway').map(one => one.kill()))
      await Promise.all([bus.kill(), cache.kill(), database.stop(), model.stop()])

      // Twenty at once: a card waits for nobody else's.
      const waits: number[] = []
      for (let at = 0; at < lines.length; at += 20) {
        const cards = () => socket.frames.filter(frame => frame.type === 'safety.card').length
        const [before, from] = [cards(), performance.now()]
        for (const text of lines.slice(at, at + 20)) socket.send({ type: 'send', id: uuidv7(), text, conversationId })
        await socket.find(() => {
          while (waits.length - at < cards() - before) waits.push(performance.now() - from)
          return waits.length === at + 20
        })
      }
      const slowest = Math.max(...waits)
      process.stdout.write(
        `crisis: ${waits.length} cards of ${lines.length}, the slowest after ${slowest.toFixed(1)} ms\n`,
      )
      expect(waits).toHaveLength(200)
      expect(slowest).toBeLessThan(1_000)
      for (const frame of socket.frames)
        if (frame.type === 'safety.card') expect(frame.resources.length).toBeGreaterThan(0)

      const from = performance.now()
      const asked = rest(luna.url, 'POST', `conversations/${conversationId}/messages`, {
        token,
        body: { id: uuidv7(), text: 'I want to die' },
      })
      const { text } = await asked
      process.stdout.write(`crisis: over REST after ${(performance.now() - from).toFixed(0)} ms\n`)
      expect(text).toContain('safetyCard')
      expect(performance.now() - from).toBeLessThan(2_000)
      socket.raw.terminate()
      await luna.process('gateway').kill()
    } finally {
      await bus.restart()
      await cache.restart()
      await luna.stop().catch(() => undefined)
      await Promise.all([database.stop().catch(() => undefined), model.stop().catch(() => undefined)])
    }
  }, 120_000)
})
