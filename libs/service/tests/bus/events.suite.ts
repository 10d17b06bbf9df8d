import { waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { type Adapter, gate, listenerFor, message, names, opener, recorder, settled } from './harness.ts'

export const eventsSuite = (adapter: Adapter) =>
  describe('events', () => {
    const open = opener(adapter)

    test('a published event reaches its listener with everything it was given', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const heard = recorder()
      await bus.listen(listenerFor(event, 'one'), heard.handler)
      const sent = message(event, {
        data: '{"text":"ünïcødé 🌙"}',
        headers: { traceparent: '00-ab', 'ce-type': event },
      })
      await bus.publish([sent])
      await heard.has(1)
      expect(heard.deliveries[0]).toEqual({ message: sent, attempt: 1 })
    })

    test('an event about nobody has no person', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const heard = recorder()
      await bus.listen(listenerFor(event, 'one'), heard.handler)
      await bus.publish([message(event, { personId: null })])
      await heard.has(1)
      expect(heard.deliveries[0]?.message.personId).toBeNull()
    })

    test('the same id is stored once, in one batch and over several publishes', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const heard = recorder()
      await bus.listen(listenerFor(event, 'one'), heard.handler)
      const sent = message(event)
      await bus.publish([sent, sent])
      await heard.has(1)
      await bus.publish([sent])
      await Promise.all([bus.publish([sent]), bus.publish([sent])])
      const last = message(event)
      await bus.publish([last])
      await waitFor(() => heard.ids().includes(last.id))
      await settled(bus, event)
      expect(heard.ids()).toEqual([sent.id, last.id])
    })

    test('each listener gets its own copy, and one that fails does not hold up the other', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const good = recorder()
      const bad = recorder()
      await bus.listen(listenerFor(event, 'good'), good.handler)
      await bus.listen(listenerFor(event, 'bad'), async delivery => {
        await bad.handler(delivery)
        if (delivery.attempt < 3) throw new Error('not yet')
      })
      const sent = message(event)
      await bus.publish([sent])
      await bad.has(3)
      expect(good.ids()).toEqual([sent.id])
      expect(bad.deliveries.map(delivery => delivery.attempt)).toEqual([1, 2, 3])
    })

    test('replicas of a listener share its events', async () => {
      const { event, topology } = names()
      const [first, second] = [await open(topology), await open(topology)]
      const mine = recorder()
      const yours = recorder()
      const options = listenerFor(event, 'shared', { concurrency: 1 })
      const both = gate()
      // Neither lets go before both have one, so one replica alone cannot do it.
      const waiting = (heard: typeof mine) => async (delivery: Parameters<typeof mine.handler>[0]) => {
        await heard.handler(delivery)
        if (mine.deliveries.length > 0 && yours.deliveries.length > 0) both.open()
        await both.opened
      }
      await first.listen(options, waiting(mine))
      await second.listen(options, waiting(yours))
      const sent = Array.from({ length: 20 }, () => message(event))
      await first.publish(sent)
      await waitFor(() => mine.ids().length + yours.ids().length >= 20)
      await settled(first, event)
      expect([...mine.ids(), ...yours.ids()].toSorted()).toEqual(sent.map(one => one.id).toSorted())
    })

    test('a listener that is away gets what was published once it had registered', async () => {
      const { event, topology } = names()
      const before = await open(topology)
      const options = listenerFor(event, 'late')
      await (await before.listen(options, async () => undefined)).stop()
      const sent = Array.from({ length: 5 }, () => message(event))
      await before.publish(sent)
      const after = await open(topology)
      const heard = recorder()
      await after.listen(options, heard.handler)
      await heard.has(5)
      expect(heard.ids().toSorted()).toEqual(sent.map(one => one.id).toSorted())
    })

    test('an event that is purged when handled waits for its first listener', async () => {
      const { sealed, topology } = names()
      const bus = await open(topology)
      const sent = message(sealed)
      await bus.publish([sent])
      const heard = recorder()
      await bus.listen(listenerFor(sealed, 'first'), heard.handler)
      await heard.has(1)
      expect(heard.deliveries[0]?.message).toEqual(sent)
    })

    test('an event that is purged when handled has one listener', async () => {
      const { sealed, topology } = names()
      const bus = await open(topology)
      await bus.listen(listenerFor(sealed, 'first'), async () => undefined)
      await expect(bus.listen(listenerFor(sealed, 'second'), async () => undefined)).rejects.toThrow(
        /has a listener already/,
      )
    })

    test('no more deliveries are in hand than the concurrency allows', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const work = gate()
      const heard = recorder()
      await bus.listen(listenerFor(event, 'one', { concurrency: 3 }), async delivery => {
        await heard.handler(delivery)
        await work.opened
      })
      for (let count = 0; count < 10; count += 1) await bus.publish([message(event)])
      await heard.has(3)
      await settled(bus, event)
      expect(heard.deliveries).toHaveLength(3)
      work.open()
      await heard.has(10)
      await settled(bus, event)
      expect(heard.deliveries).toHaveLength(10)
    })

    test('stop waits for what is in hand and takes nothing more', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const work = gate()
      const seen: string[] = []
      const options = listenerFor(event, 'one', { concurrency: 1 })
      const subscription = await bus.listen(options, async ({ message: { id } }) => {
        seen.push(`begun ${id}`)
        await work.opened
        seen.push(`done ${id}`)
      })
      const [first, second] = [message(event), message(event)]
      await bus.publish([first])
      await waitFor(() => seen.length === 1)
      await bus.publish([second])
      const stopped = subscription.stop()
      work.open()
      await stopped
      expect(seen).toEqual([`begun ${first.id}`, `done ${first.id}`])
      const heard = recorder()
      await bus.listen(options, heard.handler)
      await heard.has(1)
      expect(heard.ids()).toEqual([second.id])
    })

    test('a retired listener gets no more events, and nothing of it stays', async () => {
      const { event, service, topology } = names()
      const bus = await open(topology)
      const [old, kept] = [listenerFor(event, service), listenerFor(event, `${service}--kept`)]
      await (await bus.listen(old, async () => undefined)).stop()
      await (await bus.listen(kept, async () => undefined)).stop()
      await bus.publish([message(event, { data: '{"for":"canary-retired"}' })])
      expect(await bus.retireListeners(service, [kept.listener])).toEqual([old.listener])
      const heard = recorder()
      await bus.listen(kept, heard.handler)
      await heard.has(1)
      await waitFor(async () => !(await adapter.dump()).includes('canary-retired'))
      expect(await bus.retireListeners(service, [kept.listener])).toEqual([])
    })
  })
