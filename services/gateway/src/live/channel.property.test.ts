import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Channel } from './channel.ts'
import { Client } from './client.suite.ts'
import { personId } from './testing.suite.ts'
import { op, World } from './world.suite.ts'

const timings = { checkpointMs: 50, retryMs: 20, retryMaxMs: 80 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('gives every watcher each frame once and in order, or a snapshot, whatever is lost, doubled or taken over', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(op, { maxLength: 60, size: 'max' }),
      fc.infiniteStream(fc.nat(6)),
      async (steps, random) => {
        const world = new World(() => random.next().value)
        const clients: Client[] = []
        const gone: Client[] = []
        const watch = (client: Client, wanted: Parameters<Channel['watch']>[0]['wanted']) => {
          client.watcher = world.channel.watch({ personId, wanted, sink: client, timings, onStop: () => {} })
          clients.push(client)
        }
        for (const step of steps) {
          world.apply(step)
          if (step.do === 'watch') watch(new Client(world, null, 1), { kind: 'snapshot' })
          else if (step.do === 'watch-turn' && world.stored.turn)
            watch(new Client(world, null, world.turns), { kind: 'turn', turnId: world.turnId })
          else if (step.do === 'stop') {
            const client = clients.shift()
            client?.watcher?.stop()
            if (client) gone.push(client)
          } else if (step.do === 'resume') {
            const client = gone[step.back % Math.max(1, gone.length)]
            if (client?.at) watch(new Client(world, client, 1), { kind: 'after', position: client.at })
          } else if (step.do === 'tick') for (let turn = 0; turn < step.turns; turn += 1) await Promise.resolve()
        }
        world.heal(
          steps.some(step => step.do === 'watch-turn' || step.do === 'crash-at-end' || step.do === 'crash-behind-end'),
        )
        await vi.advanceTimersByTimeAsync(1_000)
        for (const client of clients) {
          if (world.runningText !== null) expect(client.text ?? '').toBe(world.runningText)
          for (const { turnId, text } of world.stored.messages.slice(client.since - 1))
            expect(client.ended.get(turnId ?? '')).toBe(text)
        }
      },
    ),
    { numRuns: 1_000 },
  )
})
