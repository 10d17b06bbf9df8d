import { waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { Unreadable } from '../../src/bus/index.ts'
import { type Adapter, listenerFor, message, names, opener, recorder, rememberingLog, settled } from './harness.ts'

export const retriesSuite = (adapter: Adapter) =>
  describe('retries and dead letters', () => {
    const open = opener(adapter)

    test('a failed delivery comes again no sooner than its back-off, with the attempt counted', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const times: number[] = []
      await bus.listen(listenerFor(event, 'one', { backoffMs: [150, 300] }), async () => {
        times.push(performance.now())
        if (times.length < 3) throw new Error('not yet')
      })
      await bus.publish([message(event)])
      await waitFor(() => times.length === 3)
      // The server's clock and ours may differ by a tick.
      expect(times[1]! - times[0]!).toBeGreaterThan(145)
      expect(times[2]! - times[1]!).toBeGreaterThan(295)
    })

    test('after its last try it is a dead letter with the reason; sent again, it reaches that listener alone', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const other = recorder()
      const heard = recorder()
      let broken = true
      await bus.listen(listenerFor(event, 'other'), other.handler)
      const options = listenerFor(event, 'broken')
      await bus.listen(options, async delivery => {
        await heard.handler(delivery)
        if (broken) throw new Error('the index is gone')
      })
      const sent = message(event)
      await bus.publish([sent])
      const letter = await waitFor(async () =>
        (await bus.deadLetters.list({ limit: 1000 })).find(one => one.eventId === sent.id),
      )
      expect(letter).toMatchObject({
        listener: options.listener,
        event,
        personId: sent.personId,
        attempts: 3,
        reason: 'Error: the index is gone',
        at: expect.any(Date),
      })
      broken = false
      expect(await bus.deadLetters.redeliver(letter.id)).toBe(true)
      await heard.has(4)
      expect(heard.deliveries[3]).toEqual({ message: sent, attempt: 1 })
      expect(await bus.deadLetters.redeliver(letter.id)).toBe(false)
      await settled(bus, event)
      expect(other.ids().filter(id => id === sent.id)).toHaveLength(1)
      expect((await bus.deadLetters.list({ limit: 1000 })).filter(one => one.eventId === sent.id)).toEqual([])
    })

    test('what no try can make readable is a dead letter at once', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const options = listenerFor(event, 'strict', { backoffMs: [60_000] })
      await bus.listen(options, async () => {
        throw new Unreadable('it is not JSON')
      })
      const sent = message(event)
      await bus.publish([sent])
      const letter = await waitFor(async () =>
        (await bus.deadLetters.list({ limit: 1000 })).find(one => one.eventId === sent.id),
      )
      expect(letter).toMatchObject({ attempts: 1, reason: 'Unreadable: it is not JSON' })
    })

    test('what dies again after it was sent again is a dead letter again', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      await bus.listen(listenerFor(event, 'broken', { backoffMs: [] }), async () => {
        throw new Error('still broken')
      })
      const sent = message(event)
      await bus.publish([sent])
      const find = async () => (await bus.deadLetters.list({ limit: 1000 })).find(one => one.eventId === sent.id)
      const first = await waitFor(find)
      await bus.deadLetters.redeliver(first.id)
      const second = await waitFor(async () => {
        const found = await find()
        return found && found.id !== first.id ? found : null
      })
      expect(second).toMatchObject({ attempts: 1, reason: 'Error: still broken' })
    })

    test('dead letters are listed newest first, in pages, and can be removed', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      await bus.listen(listenerFor(event, 'broken', { backoffMs: [], concurrency: 1 }), async () => {
        throw new Error('broken')
      })
      const mine = async () => (await bus.deadLetters.list({ limit: 1000 })).filter(one => one.event === event)
      for (let count = 1; count <= 5; count += 1) {
        await bus.publish([message(event)])
        await waitFor(async () => (await mine()).length === count)
      }
      const all = await mine()
      expect(all.map(one => Number(one.id))).toEqual(all.map(one => Number(one.id)).toSorted((a, b) => b - a))
      expect(await bus.deadLetters.list({ limit: 2, before: all[1]!.id })).toEqual(all.slice(2, 4))
      expect(await bus.deadLetters.remove(all[2]!.id)).toBe(true)
      expect(await bus.deadLetters.remove(all[2]!.id)).toBe(false)
      expect((await mine()).map(one => one.id)).toEqual(all.map(one => one.id).toSpliced(2, 1))
      expect(await bus.deadLetters.list({ limit: 2, before: all[1]!.id })).toEqual(all.slice(3, 5))
    })

    test('a handler that works longer than the ack wait keeps its delivery', async () => {
      const { event, topology } = names()
      const [bus, replica] = [await open(topology), await open(topology)]
      const heard = recorder()
      let finished = false
      const options = listenerFor(event, 'slow', { ackWaitMs: 400, concurrency: 4 })
      const slow = async (delivery: Parameters<typeof heard.handler>[0]) => {
        await heard.handler(delivery)
        await new Promise(resolve => setTimeout(resolve, 1_500))
        finished = true
      }
      const subscriptions = [await bus.listen(options, slow), await replica.listen(options, slow)]
      await bus.publish([message(event)])
      await waitFor(() => finished)
      await Promise.all(subscriptions.map(subscription => subscription.stop()))
      expect(heard.deliveries).toHaveLength(1)
    })

    test('neither data nor what a parser quotes of it is in the log or the reason', async () => {
      const { event, topology } = names()
      const { lines, log } = rememberingLog()
      const bus = await open(topology, log)
      await bus.listen(listenerFor(event, 'broken'), async delivery => void JSON.parse(delivery.message.data))
      const sent = message(event, { data: 'canary-secret' })
      await bus.publish([sent])
      const letter = await waitFor(async () =>
        (await bus.deadLetters.list({ limit: 1000 })).find(one => one.eventId === sent.id),
      )
      expect(letter.reason).toBe('SyntaxError')
      expect(lines.join('\n')).toContain(sent.id)
      expect(lines.join('\n')).not.toContain('canary')
    })
  })
