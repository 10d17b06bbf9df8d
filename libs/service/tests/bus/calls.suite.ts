import { LunaError } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { type Adapter, gate, names, opener } from './harness.ts'

const ok = (data: string) => ({ ok: true as const, data })

export const callsSuite = (adapter: Adapter) =>
  describe('calls', () => {
    const open = opener(adapter)
    const options = { deadlineMs: 5_000, headers: {} }

    test('a call is answered with data and headers carried over', async () => {
      const { service, call, topology } = names()
      const bus = await open(topology)
      await bus.serve(service, call, async ({ data, headers }) => ok(`${data} ${headers['traceparent']}`))
      const reply = await bus.call(call, '{"q":"🌙"}', { ...options, headers: { traceparent: '00-cd' } })
      expect(reply).toEqual(ok('{"q":"🌙"} 00-cd'))
    })

    test('an error comes back typed; what is thrown says nothing of the inside', async () => {
      const { service, call, topology } = names()
      const bus = await open(topology)
      const stale = new LunaError('stale', 'Version 3 is stored, 2 was given.', { details: { version: 3 } })
      const served = await bus.serve(service, call, async () => ({ ok: false, error: JSON.stringify(stale.toBody()) }))
      const body = async () => {
        const reply = await bus.call(call, '{}', options)
        return reply.ok ? null : (JSON.parse(reply.error) as unknown)
      }
      expect(await body()).toEqual(stale.toBody())
      await served.stop()
      await bus.serve(service, call, async () => {
        throw new Error('password is hunter2')
      })
      expect(await body()).toMatchObject({ code: 'internal', message: expect.not.stringContaining('hunter2') })
    })

    test('nobody serves it: unavailable at once, not after the deadline', async () => {
      const { service, call, topology } = names()
      const bus = await open(topology)
      await expect(bus.call(call, '{}', { ...options, deadlineMs: 3_600_000 })).rejects.toThrow(/Nobody serves/)
      const failure = await bus.call(call, '{}', options).catch((error: unknown) => error)
      expect(failure).toMatchObject({ name: 'LunaError', code: 'unavailable', retryable: true })
      const served = await bus.serve(service, call, async () => ok('1'))
      await served.stop()
      await expect(bus.call(call, '{}', { ...options, deadlineMs: 3_600_000 })).rejects.toThrow(/Nobody serves/)
    })

    test('past the deadline: timeout', async () => {
      const { service, call, topology } = names()
      const bus = await open(topology)
      const work = gate()
      await bus.serve(service, call, async () => {
        await work.opened
        return ok('late')
      })
      await expect(bus.call(call, '{}', { ...options, deadlineMs: 30 })).rejects.toMatchObject({ code: 'timeout' })
      work.open()
    })

    test('aborted, before or while it waits: cancelled', async () => {
      const { service, call, topology } = names()
      const bus = await open(topology)
      let asked = 0
      const work = gate()
      await bus.serve(service, call, async () => {
        asked += 1
        await work.opened
        return ok('late')
      })
      await expect(bus.call(call, '{}', { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'cancelled',
      })
      expect(asked).toBe(0)
      const controller = new AbortController()
      const waiting = bus.call(call, '{}', { ...options, signal: controller.signal })
      await waitFor(() => asked === 1)
      controller.abort()
      await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
      work.open()
    })

    test('several handlers share the load; one that stops finishes what it has and gets no more', async () => {
      const { service, call, topology } = names()
      const bus = await open(topology)
      const counts = [0, 0]
      const serve = (index: number) =>
        bus.serve(service, call, async () => {
          counts[index]! += 1
          return ok(String(index))
        })
      const [first] = [await serve(0), await serve(1)]
      await Promise.all(Array.from({ length: 100 }, () => bus.call(call, '{}', options)))
      expect(Math.min(...counts)).toBeGreaterThan(0)
      expect(counts[0]! + counts[1]!).toBe(100)
      await first.stop()
      const before = counts[0]
      for (let n = 0; n < 20; n += 1) expect(await bus.call(call, '{}', options)).toEqual(ok('1'))
      expect(counts[0]).toBe(before)
    })

    test('stopping one call leaves the others of its service', async () => {
      const { service, call, topology } = names()
      const bus = await open(topology)
      const other = `${service}.tell.v1`
      const served = await bus.serve(service, call, async () => ok('1'))
      await bus.serve(service, other, async () => ok('2'))
      await served.stop()
      expect(await bus.call(other, '{}', options)).toEqual(ok('2'))
    })

    test('over the limit, question or answer: too-large', async () => {
      const { service, call, topology } = names()
      const bus = await open(topology)
      const large = 'x'.repeat(1024 * 1024)
      await bus.serve(service, call, async () => ok(large))
      await expect(bus.call(call, large, options)).rejects.toMatchObject({ code: 'too-large' })
      const reply = await bus.call(call, '{}', options)
      expect(reply.ok ? null : JSON.parse(reply.error)).toMatchObject({ code: 'too-large' })
    })
  })
