import { gateway, plugins } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
beforeAll(async () => {
  on = await onABus()
})
afterAll(() => on.close())

const ada = person(systemRandom.id())

test('there are no tools, and one that is called all the same is not found', async () => {
  expect(await on.call(plugins.calls.tools, { characterId: null, conversationId: null }, ada)).toEqual({ tools: [] })
  const run = { callId: 'call_1', turnId: null, name: 'weather', arguments: '{}' }
  await expect(on.call(plugins.calls.execute, run, ada)).rejects.toMatchObject({
    code: 'not-found',
    retryable: false,
    message: expect.stringContaining('"weather"'),
  })
})

test('an erasure is answered, and answered again when it comes again', async () => {
  const erasure = { personId: systemRandom.id(), erasureId: systemRandom.id() }
  await on.publish(gateway.events.accountErased, erasure)
  await on.publish(gateway.events.accountErased, erasure)
  await waitFor(() => on.receipts.length === 2)
  const receipt = { ...erasure, service: 'plugins', counts: {} }
  expect(on.receipts).toEqual([receipt, receipt])
  const erased = await on.sql('select person_id, erasure_id from plugins.erased_persons', 'administrator')
  expect(erased).toEqual([{ person_id: erasure.personId, erasure_id: erasure.erasureId }])
})
