import { randomUUID } from 'node:crypto'
import { waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { type Adapter, gate, listenerFor, message, names, opener, recorder, settled } from './harness.ts'

export const erasureSuite = (adapter: Adapter) =>
  describe('erasure', () => {
    const open = opener(adapter)
    const nowhere = (canary: string) =>
      waitFor(async () => !(await adapter.dump()).includes(canary), { message: 'the canary to be gone' })

    test('an event that is purged when handled is stored until then, and nowhere after', async () => {
      const { sealed, topology } = names()
      const bus = await open(topology)
      const canary = `canary-${randomUUID()}`
      await bus.publish([message(sealed, { data: canary })])
      expect(await adapter.dump()).toContain(canary)
      const heard = recorder()
      await bus.listen(listenerFor(sealed, 'store'), heard.handler)
      await heard.has(1)
      await nowhere(canary)
    })

    test('also when it was a dead letter and has been sent again', async () => {
      const { sealed, topology } = names()
      const bus = await open(topology)
      const canary = `canary-${randomUUID()}`
      let broken = true
      const heard = recorder()
      await bus.listen(listenerFor(sealed, 'store', { backoffMs: [] }), async delivery => {
        if (broken) throw new Error('broken')
        await heard.handler(delivery)
      })
      await bus.publish([message(sealed, { data: canary })])
      const letter = await waitFor(async () =>
        (await bus.deadLetters.list({ limit: 1000 })).find(one => one.event === sealed),
      )
      expect(await adapter.dump()).toContain(canary)
      broken = false
      await bus.deadLetters.redeliver(letter.id)
      await heard.has(1)
      await nowhere(canary)
    })

    test('an ordinary event leaves nothing once every listener has handled it', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const canary = `canary-${randomUUID()}`
      const away = listenerFor(event, 'away')
      await (await bus.listen(away, async () => undefined)).stop()
      const heard = recorder()
      await bus.listen(listenerFor(event, 'here'), heard.handler)
      await bus.publish([message(event, { data: canary })])
      await heard.has(1)
      expect(await adapter.dump()).toContain(canary)
      const late = recorder()
      await bus.listen(away, late.handler)
      await late.has(1)
      await nowhere(canary)
    })

    test("purgePerson drops a person's events and dead letters, and nobody else's", async () => {
      const { event, other, sealed, topology } = names()
      const bus = await open(topology)
      const [gone, stays] = [randomUUID(), randomUUID()]
      const options = [event, other, sealed].map(name => listenerFor(name, 'away'))
      for (const one of options) await (await bus.listen(one, async () => undefined)).stop()
      const dying = await bus.listen(listenerFor(event, 'dying', { backoffMs: [] }), async () => {
        throw new Error('dead')
      })
      await bus.publish(
        [gone, stays].flatMap(person =>
          [event, other, sealed].map(name => message(name, { personId: person, data: `canary-${person}` })),
        ),
      )
      await waitFor(
        async () => (await bus.deadLetters.list({ limit: 1000 })).filter(one => one.event === event).length === 2,
      )
      await dying.stop()

      expect(await bus.purgePerson(gone, [other])).toBeGreaterThanOrEqual(2)
      const letters = (await bus.deadLetters.list({ limit: 1000 })).filter(one => one.event === event)
      expect(letters.map(one => one.personId)).toEqual([stays])
      const heard = recorder()
      for (const one of options) await bus.listen(one, heard.handler)
      await heard.has(4)
      await settled(bus, event)
      const found = heard.deliveries.map(({ message: { personId, name } }) => `${personId} ${name}`)
      const fenced = found.filter(one => one.startsWith(gone) || one.startsWith(stays))
      expect(fenced.toSorted()).toEqual(
        [`${gone} ${other}`, ...[event, other, sealed].map(name => `${stays} ${name}`)].toSorted(),
      )
      expect(await bus.purgePerson(gone, [])).toBe(0)
      expect(await adapter.dump()).not.toContain(`canary-${gone}`)
    })

    test('a delivery that fails while its person is purged does not come back', async () => {
      const { event, topology } = names()
      const bus = await open(topology)
      const heard = recorder()
      const purged = gate()
      await bus.listen(listenerFor(event, 'one'), async delivery => {
        await heard.handler(delivery)
        if (heard.deliveries.length > 1) return
        await purged.opened
        throw new Error('after the purge')
      })
      const sent = message(event, { data: `canary-${randomUUID()}` })
      await bus.publish([sent])
      await heard.has(1)
      expect(await bus.purgePerson(sent.personId ?? '', [])).toBe(1)
      purged.open()
      const next = message(event)
      await bus.publish([next])
      await heard.has(2)
      await settled(bus, event)
      expect(heard.ids().filter(id => id === sent.id)).toHaveLength(1)
      await nowhere(sent.data)
    })
  })
