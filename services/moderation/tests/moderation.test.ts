import { chat, gateway, moderation } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policy1 } from '../src/policies/policy-1.ts'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
beforeAll(async () => {
  on = await onABus()
})
afterAll(() => on.close())

const ada = person(systemRandom.id())
const { check, getPolicy } = moderation.calls

const ended = (risk: 'none' | 'high', personId: string = systemRandom.id()) => ({
  personId,
  conversationId: systemRandom.id(),
  revision: 0,
  turnId: systemRandom.id(),
  attempt: 1,
  characterId: null,
  private: false,
  outcome: 'completed' as const,
  userMessageId: systemRandom.id(),
  messageId: systemRandom.id(),
  route: null,
  usage: null,
  risk,
  durationMs: 1,
  firstTokenMs: 1,
})
const counts = () =>
  on.sql('select day::text, risk, turns::int from moderation.risk_counts order by day, risk', 'administrator')
const handled = (eventId: string) =>
  waitFor(
    async () => (await on.sql(`select 1 from moderation.inbox where event_id = '${eventId}'`, 'administrator')).length,
  )

test('a harmless text is allowed under version 1 of the policy', async () => {
  const verdict = await on.call(check, { text: 'What a lovely evening for a walk.', direction: 'person' }, ada)
  expect(verdict).toMatchObject({ classes: [], risk: 'none', action: 'allow', policyVersion: 1, absent: [] })
})

test('a person at risk is seen, and met with care instead of being shut out', async () => {
  const verdict = await on.call(check, { text: 'I want to kill myself tonight.', direction: 'person' }, ada)
  expect(['high', 'imminent']).toContain(verdict.risk)
  expect(verdict.action).not.toBe('block')
})

test('the longest text that may be asked about is answered within the deadline', async () => {
  const text = 'Über den Wolken muss die Freiheit wohl grenzenlos sein. '.repeat(1_780)
  expect((await on.call(check, { text, direction: 'character' }, ada)).risk).toBe('none')
})

test('the policy is served as stored, and another one holds as soon as it is announced', async () => {
  expect(await on.call(getPolicy, {}, ada)).toEqual(policy1)
  const strict = JSON.stringify({ mode: 'strict', actions: {} })
  await on.sql(`insert into moderation.policies (version, policy) values (2, '${strict}')`, 'administrator')
  on.bus.emit({ name: moderation.feeds.policyChanged.name, key: 'all' }, JSON.stringify({ version: 2 }))
  await waitFor(async () => (await on.call(getPolicy, {}, ada)).version === 2)
  const { policyVersion } = await on.call(check, { text: 'Hello', direction: 'person' }, ada)
  expect(policyVersion).toBe(2)
})

test('turns are counted by day and risk, once each, and nobody’s id is kept', async () => {
  const monday = new Date('2026-11-16T23:59:00Z')
  const tuesday = new Date('2026-11-17T00:01:00Z')
  const personId = systemRandom.id()
  const sent = [
    await on.publish(chat.events.turnEnded, ended('none'), monday),
    await on.publish(chat.events.turnEnded, ended('none'), monday),
    await on.publish(chat.events.turnEnded, ended('high', personId), tuesday),
  ]
  for (const id of sent) await handled(id)
  expect(await counts()).toEqual([
    { day: '2026-11-16', risk: 'none', turns: 2 },
    { day: '2026-11-17', risk: 'high', turns: 1 },
  ])
  const rows = await on.sql('select r::text as row from moderation.risk_counts r', 'administrator')
  expect(JSON.stringify(rows)).not.toContain(personId)
})

test('an erasure is answered again when it comes again, and an old event of the erased counts nothing', async () => {
  const erasure = { personId: systemRandom.id(), erasureId: systemRandom.id() }
  await on.publish(gateway.events.accountErased, erasure)
  await on.publish(gateway.events.accountErased, erasure)
  await waitFor(() => on.receipts.length === 2)
  const receipt = { ...erasure, service: 'moderation', counts: { strikes: 0, reviews: 0, verdicts: 0, crises: 0 } }
  expect(on.receipts).toEqual([receipt, receipt])
  const before = await counts()
  const wednesday = new Date('2026-11-18T12:00:00Z')
  await on.publish(chat.events.turnEnded, ended('high', erasure.personId), wednesday)
  await handled(await on.publish(chat.events.turnEnded, ended('none'), wednesday))
  expect(await counts()).toEqual([...before, { day: '2026-11-18', risk: 'none', turns: 1 }])
})
