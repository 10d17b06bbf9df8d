import { gateway, memory, plugins } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canary } from './canary.ts'
import { httpManifest } from './manifests.ts'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
let site: Awaited<ReturnType<typeof canary>>
beforeAll(async () => {
  site = await canary()
  on = await onABus({ LUNA_PLUGIN_HOSTS: site.host })
})
afterAll(async () => {
  await on.close()
  await site.close()
})

const aMemory = {
  kind: 'fact',
  subject: 'person',
  importance: 3,
  valence: 0,
  confidence: 1,
  observedAt: '2026-11-21T00:00:00.000Z',
  pinned: false,
  tags: [],
  entities: [],
  sensitivity: 'normal',
  origin: 'person',
  usedCount: 0,
  sourceMessageIds: [],
  version: 1,
}

const somebody = () => person(systemRandom.id())
const run = (name: string, args: unknown, scope = somebody(), callId = systemRandom.id()) =>
  on.call(plugins.calls.execute, { callId, turnId: null, name, arguments: JSON.stringify(args) }, scope)

test('what ships is there by itself, and a name that nobody has is not found', async () => {
  const ada = somebody()
  const { tools } = await on.call(plugins.calls.tools, {}, ada)
  expect(tools.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['calculator__evaluate', 'time__now', 'reminder__set']),
  )
  expect(tools.find(({ name }) => name === 'calculator__evaluate')?.consent).toBe('allowed')
  expect(tools.find(({ name }) => name === 'reminder__set')?.consent).toBe('ask')
  await expect(run('nobody__action', {}, ada)).rejects.toMatchObject({ code: 'not-found' })
  expect(await run('calculator__evaluate', { expression: '(2 + 3) * 4 ^ 2' }, ada)).toMatchObject({
    status: 'done',
    result: '(2 + 3) * 4 ^ 2 = 80',
  })
})

test('the same call is one run, and another person’s call of the same id is another', async () => {
  const [ada, bob] = [somebody(), somebody()]
  const first = await run('journal-prompt__draw', {}, ada, 'call_1')
  expect(await run('journal-prompt__draw', {}, ada, 'call_1')).toEqual(first)
  expect((await run('journal-prompt__draw', {}, bob, 'call_1')).runId).not.toBe(first.runId)
  const { items } = await on.call(plugins.calls.listRuns, {}, ada)
  expect(items).toHaveLength(1)
})

test('arguments that break the schema are told, prototypes are not reached, and nothing runs', async () => {
  const ada = somebody()
  const wrong = await run('calculator__evaluate', { expression: 7, more: true }, ada)
  expect(wrong).toMatchObject({ status: 'failed', code: 'invalid', result: expect.stringContaining('expression') })
  const call = {
    callId: 'x',
    turnId: null,
    name: 'calculator__evaluate',
    arguments: '{"expression":"1","__proto__":{"a":1}}',
  }
  expect(await on.call(plugins.calls.execute, call, ada)).toMatchObject({ status: 'failed', code: 'invalid' })
  expect(({} as Record<string, unknown>)['a']).toBeUndefined()
})

test('every fault of a manifest is named by its place', async () => {
  const manifest = {
    ...httpManifest(site.url),
    version: 'one',
    actions: [{ name: 'a b', description: '', effect: 'maybe', run: { type: 'http', url: 'x' } }],
  }
  const refused = on.call(plugins.calls.register, { manifest }, somebody())
  await expect(refused).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/version: .*actions\.0\.name: .*actions\.0\.effect: /s),
  })
  const elsewhere = {
    ...httpManifest(site.url),
    capabilities: { ...httpManifest(site.url).capabilities, hosts: ['example.org'] },
  }
  await expect(on.call(plugins.calls.register, { manifest: elsewhere }, somebody())).rejects.toMatchObject({
    message: expect.stringContaining('actions.0.run.url'),
  })
  const costly = httpManifest(site.url, {
    parameters: { type: 'object', properties: { q: { type: 'string', pattern: '^(a+)+$' } } },
  })
  await expect(on.call(plugins.calls.register, { manifest: costly }, somebody())).rejects.toMatchObject({
    message: expect.stringContaining('pattern'),
  })
})

test('an HTTP action sends its secret, and the secret is nowhere else', async () => {
  const ada = somebody()
  const secret = 'canary-secret-7f3a91'
  await on.call(plugins.calls.register, { manifest: httpManifest(site.url) }, ada)
  const installed = await on.call(plugins.calls.install, { id: 'echo', secrets: { API_KEY: secret } }, ada)
  expect(installed).toMatchObject({ installed: true, secretsGiven: ['API_KEY'] })
  const done = await run('echo__echo', { q: 'tide' }, ada)
  expect(done).toMatchObject({ status: 'done', result: expect.stringContaining('tide') })
  expect(site.seen.at(-1)?.headers['authorization']).toBe(`Bearer ${secret}`)
  const { items } = await on.call(plugins.calls.listRuns, {}, ada)
  const { items: plugged } = await on.call(plugins.calls.list, {}, ada)
  const page = await on.call(plugins.calls.exportPage, {}, ada)
  expect(JSON.stringify([done, items, plugged, page, on.logs()])).not.toContain(secret)
  const rows = await on.sql("select encode(value, 'escape') as value from plugins.secrets", 'administrator')
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('a newer version that asks for more is not taken without a new word, and a changed action loses its consent', async () => {
  const ada = somebody()
  await on.call(plugins.calls.register, { manifest: httpManifest(site.url) }, ada)
  await on.call(plugins.calls.install, { id: 'echo', secrets: { API_KEY: 'k' } }, ada)
  await on.call(plugins.calls.setConsent, { name: 'echo__echo', decision: 'always' }, ada)
  const next = { ...httpManifest(site.url, { effect: 'act' }), version: '2.0.0' }
  next.capabilities = { ...next.capabilities, hosts: [...(next.capabilities?.hosts ?? []), 'example.org'] }
  await on.call(plugins.calls.register, { manifest: next }, ada)
  expect(await on.call(plugins.calls.get, { id: 'echo' }, ada)).toMatchObject({
    version: '1.0.0',
    update: { version: '2.0.0', asksForMore: true, more: ['host example.org'] },
  })
  await expect(on.call(plugins.calls.install, { id: 'echo' }, ada)).rejects.toMatchObject({ code: 'conflict' })
  const updated = await on.call(plugins.calls.install, { id: 'echo', grant: { hosts: [site.host] } }, ada)
  expect(updated).toMatchObject({ version: '2.0.0', grant: { hosts: [site.host] }, actions: [{ consent: 'ask' }] })
})

test('never means never, off means off, and gone means gone with its secrets', async () => {
  const ada = somebody()
  await on.call(plugins.calls.setConsent, { name: 'calculator__evaluate', decision: 'never' }, ada)
  await expect(run('calculator__evaluate', { expression: '1' }, ada)).rejects.toMatchObject({ code: 'forbidden' })
  await on.call(plugins.calls.setEnabled, { id: 'time', enabled: false }, ada)
  await expect(run('time__now', {}, ada)).rejects.toMatchObject({ code: 'forbidden' })
  await on.call(plugins.calls.uninstall, { id: 'poem' }, ada)
  const { items } = await on.call(plugins.calls.list, {}, ada)
  expect(items.map(({ id }) => id)).not.toContain('poem')
  expect((await on.call(plugins.calls.install, { id: 'poem' }, ada)).installed).toBe(true)
})

test('a command line becomes a call, or words that help', async () => {
  const ada = somebody()
  const understood = (text: string) => on.call(plugins.calls.understand, { text }, ada)
  expect(await understood('/calc "2 + 2"')).toMatchObject({
    kind: 'run',
    tool: { name: 'calculator__evaluate' },
    arguments: '{"expression":"2 + 2"}',
    reply: 'direct',
  })
  expect(await understood('/poem --form haiku the "first" snow')).toMatchObject({
    kind: 'run',
    arguments: '{"form":"haiku","about":"the \\"first\\" snow"}',
    reply: 'companion',
  })
  expect(await understood('/weather Paris')).toMatchObject({
    kind: 'say',
    text: expect.stringContaining('not installed'),
  })
  expect(await understood('/clac 1')).toMatchObject({ kind: 'say', text: expect.stringContaining('/calc') })
  expect(await understood('/poem --form opera')).toMatchObject({ kind: 'say', text: expect.stringContaining('Usage') })
  expect(await understood('/help')).toMatchObject({ kind: 'say', text: expect.stringContaining('/remind') })
  expect(await understood('/usr/bin is a folder')).toEqual({ kind: 'none' })
})

test('what a plugin stores and remembers is the person’s own, and is erased with a receipt', async () => {
  const ada = somebody()
  await run('journal-prompt__draw', {}, ada)
  const kept = on.answer(memory.calls.addMemory, async ({ id, text }) => ({ ...aMemory, id, text }))
  const remembered = await run('memory__remember', { text: 'The sister is called Ada.' }, ada, 'call_m')
  expect(remembered).toMatchObject({ status: 'done', result: expect.stringContaining('Remembered') })
  expect(kept.asked).toEqual([expect.objectContaining({ text: 'The sister is called Ada.' })])
  const { personId } = ada as { personId: string }
  const rows = (table: string) =>
    on.sql(`select count(*)::int as n from plugins.${table} where person_id = '${personId}'`, 'administrator')
  expect(await rows('runs')).toEqual([{ n: 2 }])
  expect(await on.sql('select count(*)::int as n from plugins.runs', 'role')).toEqual([{ n: 0 }])
  await on.publish(gateway.events.accountErased, { personId, erasureId: systemRandom.id() })
  await waitFor(() => on.receipts.length === 1)
  expect(on.receipts[0]).toMatchObject({ service: 'plugins', counts: { runs: 2, stored: 1 } })
  expect(await rows('runs')).toEqual([{ n: 0 }])
  expect(await rows('stored')).toEqual([{ n: 0 }])
})

test('an erasure of somebody unknown is answered, and answered again when it comes again', async () => {
  const erasure = { personId: systemRandom.id(), erasureId: systemRandom.id() }
  const before = on.receipts.length
  await on.publish(gateway.events.accountErased, erasure)
  await on.publish(gateway.events.accountErased, erasure)
  await waitFor(() => on.receipts.length === before + 2)
  const receipt = { ...erasure, service: 'plugins', counts: {} }
  expect(on.receipts.slice(before)).toEqual([receipt, receipt])
})
