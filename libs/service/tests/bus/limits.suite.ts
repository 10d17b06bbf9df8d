import { LunaError } from '@luna/contracts'
import { describe, expect, test } from 'vitest'
import { type Adapter, listenerFor, message, names, opener, recorder } from './harness.ts'

export const limitsSuite = (adapter: Adapter) =>
  describe('what an event may be', () => {
    const open = opener(adapter)

    test('over the limit: too-large, with the limit named; just under it: delivered', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const heard = recorder()
      await bus.listen(listenerFor(event, 'one'), heard.handler)
      const failure = await bus
        .publish([message(event, { data: 'x'.repeat(1024 * 1024) })])
        .catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(LunaError)
      expect(failure).toMatchObject({ code: 'too-large', message: expect.stringContaining('busBytes') })
      const largest = 'x'.repeat(1024 * 1024 - 2048 - 'ce-sourcetests'.length - 4)
      await bus.publish([message(event, { data: largest })])
      await heard.has(1)
      expect(heard.deliveries[0]?.message.data.length).toBe(largest.length)
    })

    test.each([
      ['an unknown event', { name: 'nobody.knows.v1' }],
      ['a person that is no token', { personId: 'a.b' }],
      ['a header with a line end', { headers: { a: 'b\r\nc: d' } }],
      ['a header of the bus itself', { headers: { 'Nats-Msg-Id': '1' } }],
    ])('%s is refused as invalid', async (_, fields) => {
      const { event, topology } = names()
      const bus = await open(topology)
      await expect(bus.publish([message(event, fields)])).rejects.toMatchObject({ code: 'invalid' })
    })
  })
