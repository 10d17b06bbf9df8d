import { describeWith, needNats, waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { createNatsBus } from '../../src/bus/index.ts'
import { gate, listenerFor, message, names, opener, recorder } from './harness.ts'
import { natsAdapter } from './nats-adapter.ts'
import { silentLog } from './silent-log.ts'

describeWith(await needNats({ own: true }), 'a NATS server that dies', server => {
  const adapter = natsAdapter(server.url)
  const open = opener(adapter)

  test('killed and restarted under traffic: what was acknowledged is delivered, and publish waits', async () => {
    const { event, topology } = names()
    const listener = await open(topology)
    // Less than one attempt may take: one that is lost must not use it up.
    const publishDeadlineMs = 4_500
    const publisher = await createNatsBus({
      url: server.url,
      topology,
      log: silentLog,
      name: 'tests',
      publishDeadlineMs,
    })
    const heard = new Set<string>()
    await listener.listen(listenerFor(event, 'all', { backoffMs: [20, 20, 20, 20] }), async delivery => {
      heard.add(delivery.message.id)
    })
    const acknowledged: string[] = []
    const sender = { stopped: false }
    const traffic = Array.from({ length: 8 }, async () => {
      while (!sender.stopped) {
        const sent = message(event)
        await publisher.publish([sent])
        acknowledged.push(sent.id)
      }
    })
    for (let round = 1; round <= 3; round += 1) {
      const before = acknowledged.length
      await waitFor(() => acknowledged.length > before + 50)
      await server.kill()
      await server.restart()
    }
    const before = acknowledged.length
    await waitFor(() => acknowledged.length > before + 50)
    sender.stopped = true
    await Promise.all(traffic)
    await publisher.close()
    await waitFor(() => acknowledged.every(id => heard.has(id)), { timeoutMs: 20_000 })
    expect(acknowledged.filter(id => !heard.has(id))).toEqual([])
  }, 60_000)

  test('listeners, calls, feeds and their kept frames work again, and onReconnect tells', async () => {
    const { service, event, call, live, replayed, topology } = names()
    const bus = await open(topology)
    let reconnects = 0
    bus.onReconnect(() => {
      reconnects += 1
    })
    const heard = recorder()
    await bus.listen(listenerFor(event, 'one'), heard.handler)
    await bus.serve(service, call, async ({ data }) => ({ ok: true, data }))
    const frames: string[] = []
    await bus.subscribe({ name: live, key: 'a' }, data => void frames.push(data))
    bus.emit({ name: replayed, key: 'a' }, 'lost with the memory of the server')
    await server.kill()
    await waitFor(() =>
      bus.check().then(
        () => false,
        () => true,
      ),
    )
    bus.emit({ name: live, key: 'a' }, '1')
    bus.emit({ name: live, key: 'a' }, '2')
    bus.emit({ name: replayed, key: 'a' }, '3')
    const publishing = bus.publish([message(event)])
    await server.restart()
    await publishing
    await heard.has(1)
    await waitFor(() => reconnects === 1)
    await waitFor(() => frames.length === 2)
    expect(frames).toEqual(['1', '2'])
    expect(await bus.replay({ name: replayed, key: 'a' })).toEqual(['3'])
    expect(await bus.call(call, '"again"', { deadlineMs: 5_000, headers: {} })).toEqual({ ok: true, data: '"again"' })
    await bus.check()
  })

  test('away for longer than the deadline: unavailable; the same id may be sent again', async () => {
    const { event, call, topology } = names()
    const bus = await createNatsBus({
      url: server.url,
      topology,
      log: silentLog,
      name: 'tests',
      publishDeadlineMs: 200,
    })
    try {
      const heard = recorder()
      await bus.listen(listenerFor(event, 'one'), heard.handler)
      await server.kill()
      const sent = message(event)
      await expect(bus.publish([sent])).rejects.toMatchObject({ code: 'unavailable' })
      await expect(bus.call(call, '{}', { deadlineMs: 50, headers: {} })).rejects.toMatchObject({ code: 'unavailable' })
      await server.restart()
      await waitFor(() => bus.check().then(() => true))
      await bus.publish([sent])
      await heard.has(1)
      expect(heard.ids()).toEqual([sent.id])
    } finally {
      await bus.close()
    }
  })

  test('a call under way when the server dies ends as unavailable, long before its deadline', async () => {
    const { service, call, topology } = names()
    const bus = await open(topology)
    const work = gate()
    let asked = false
    await bus.serve(service, call, async () => {
      asked = true
      await work.opened
      return { ok: true, data: '1' }
    })
    const calling = bus.call(call, '{}', { deadlineMs: 3_600_000, headers: {} })
    const ended = calling.catch((error: unknown) => error)
    await waitFor(() => asked)
    await server.kill()
    expect(await ended).toMatchObject({ code: 'unavailable' })
    await server.restart()
    work.open()
  })

  describe('replicas', () => {
    test('share the calls, also when one of them leaves under load', async () => {
      const { service, call, topology } = names()
      const [caller, first, second] = [await open(topology), await open(topology), await open(topology)]
      const counts = [0, 0]
      for (const [index, bus] of [first, second].entries()) {
        await bus.serve(service, call, async () => {
          counts[index]! += 1
          return { ok: true, data: String(index) }
        })
      }
      const ask = () => caller.call(call, '{}', { deadlineMs: 5_000, headers: {} })
      await Promise.all(Array.from({ length: 100 }, ask))
      expect(Math.min(...counts)).toBeGreaterThan(0)
      const asked = Promise.all(Array.from({ length: 500 }, ask))
      await first.close()
      expect(await asked).toHaveLength(500)
    })

    test('see the frames of each other', async () => {
      const { replayed, topology } = names()
      const [one, other] = [await open(topology), await open(topology)]
      for (let round = 0; round < 200; round += 1) {
        const frames: string[] = []
        const address = { name: replayed, key: `k${round}` }
        await other.subscribe(address, data => void frames.push(data))
        one.emit(address, '1')
        await waitFor(() => frames.length === 1, { intervalMs: 1, message: `the frame of round ${round}` })
        expect(await other.replay(address)).toEqual(['1'])
      }
    })
  })
})

test('no server: unavailable, with what to do', async () => {
  const { topology } = names()
  const failure = createNatsBus({
    url: 'nats://127.0.0.1:9',
    topology,
    log: silentLog,
    name: 'tests',
    connectDeadlineMs: 1,
  })
  await expect(failure).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('NATS_URL') })
})
