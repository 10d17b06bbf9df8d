import { isAlive, waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { type Adapter, listenerFor, message, names, opener, recorder, startPeer } from './harness.ts'

export const crashesSuite = (adapter: Adapter) =>
  describe('crashes', () => {
    const open = opener(adapter)

    test('what a killed process had in hand comes again', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const options = listenerFor(event, 'held', { ackWaitMs: 1_000 })
      const peer = await startPeer(adapter, topology, options, 'hold')
      const sent = Array.from({ length: 3 }, () => message(event))
      await bus.publish(sent)
      for (const one of sent) await peer.line(`holding ${one.id} 1`)
      const heard = recorder()
      await bus.listen(options, heard.handler)
      expect(heard.deliveries).toEqual([])
      await peer.kill('SIGKILL')
      await heard.has(3)
      expect(heard.ids().toSorted()).toEqual(sent.map(one => one.id).toSorted())
      expect(new Set(heard.deliveries.map(one => one.attempt))).toEqual(new Set([2]))
    })

    test('a poison that kills the handler each time becomes a dead letter', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const options = listenerFor(event, 'poisoned', { ackWaitMs: 500, backoffMs: [20] })
      await (await bus.listen(options, async () => undefined)).stop()
      const sent = message(event)
      await bus.publish([sent])
      const find = async () => (await bus.deadLetters.list({ limit: 1000 })).find(one => one.eventId === sent.id)
      let lives = 0
      while (!(await find()) && (adapter.kind === 'embedded' || lives < 4)) {
        const peer = await startPeer(adapter, topology, options, 'die').catch(() => null)
        await waitFor(async () => peer === null || !isAlive(peer.pid) || (await find()))
        await peer?.kill('SIGKILL')
        lives += 1
      }
      if (!(await find())) {
        // nats-server 2.9 may say "first delivery" each time when the connection dies with it: then nothing is lost at least.
        const healthy = recorder()
        await bus.listen(options, healthy.handler)
        const isKept = async () => healthy.ids().includes(sent.id) || (await find()) !== undefined
        await waitFor(isKept, { timeoutMs: 30_000, message: 'the event or its letter' })
        return
      }
      // The one life more is that of the process that writes the letter.
      expect(lives).toBeGreaterThan(1)
      expect(lives).toBeLessThanOrEqual(adapter.kind === 'nats' ? 4 : 3)
      const heard = recorder()
      await bus.listen(options, heard.handler)
      const letter = await waitFor(find)
      expect(letter).toMatchObject({ listener: options.listener, attempts: 2 })
      expect(letter.reason).toContain('never finished')
      expect(heard.deliveries).toEqual([])
      await bus.deadLetters.redeliver(letter.id)
      await heard.has(1)
      expect(heard.ids()).toEqual([sent.id])
    }, 60_000)
  })
