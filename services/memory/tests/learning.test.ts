import { chat, gateway, LunaError, memory } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { waitFor } from '@luna/testing'
import { array, assert, asyncProperty, constantFrom, record } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runJob } from '../src/extract/job.ts'
import { type ChatOnTheBus, chatOnTheBus } from './chat-on-the-bus.ts'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
let talks: ChatOnTheBus
const { calls } = memory
const { turnEnded, messageChanged, branchSwitched, conversationDeleted } = chat.events

beforeAll(async () => {
  on = await onABus(undefined, { LUNA_MEMORY_EXTRACTOR: 'rules', LUNA_MEMORY_IDLE_MS: '0' })
  talks = await chatOnTheBus(on.bus)
})
afterAll(() => on.close())

const handled = (eventId: string) =>
  waitFor(
    async () => (await on.sql(`select 1 from memory.inbox where event_id = '${eventId}'`, 'administrator')).length > 0,
  )
const settled = () =>
  waitFor(
    async () => {
      on.ctx.rest.wake()
      const jobs = await on.sql(`select 1 from memory.extraction_jobs where due_at < 'infinity'`, 'administrator')
      return jobs.length === 0
    },
    { timeoutMs: 20_000 },
  )
const tell = async (conversationId: string, text: string, answer?: string) => {
  const event = talks.say(conversationId, text, answer)
  await handled(await on.publish(turnEnded, event))
  await settled()
  return event
}
const list = async (personId: string, input: object = {}) =>
  (await on.call(calls.listMemories, { limit: 100, ...input }, person(personId))).items
const texts = async (personId: string, input: object = {}) => (await list(personId, input)).map(({ text }) => text)
const recalled = async (personId: string, query: string) =>
  (await on.call(calls.recall, { query }, person(personId))).items.map(({ text }) => text)
const first = async (personId: string) => {
  const [item] = await list(personId)
  if (!item) throw new Error('nothing is remembered')
  return item
}

test('what the person says is learned, with the sentence it came from; what the companion says is not', async () => {
  const ada = talks.addPerson()
  const told = await tell(talks.open(ada), 'Hello! I live in Lisbon.', 'I live in Rome, and my name is Sol.')
  const item = await first(ada)
  expect(await texts(ada)).toEqual(['The person lives in Lisbon.'])
  expect(item).toMatchObject({ kind: 'fact', origin: 'rules', sourceMessageIds: [told.userMessageId] })
  const why = await on.call(calls.explainMemory, { id: item.id }, person(ada))
  expect(why.sources.map(({ text }) => text)).toEqual(['Hello! I live in Lisbon.'])
})

test('a new fact closes the old one, which is not said again, and comes back when its correction goes', async () => {
  const ada = talks.addPerson()
  await tell(talks.open(ada), 'I live in Lisbon.', 'Lisbon is full of light.')
  const later = talks.open(ada)
  const moved = await tell(later, 'I moved to Porto.', 'Porto it is.')
  expect(await texts(ada)).toEqual(['The person moved to Porto and lives there.'])
  expect((await recalled(ada, 'What city do I live in? Lisbon?')).join()).not.toContain('Lisbon')
  const [old] = (await list(ada, { history: true })).filter(({ supersededBy }) => supersededBy)
  expect(old).toMatchObject({ text: 'The person lives in Lisbon.', validTo: expect.any(String) })
  await handled(await on.publish(messageChanged, talks.deleteMessage(later, moved.userMessageId ?? '')))
  expect(await texts(ada)).toEqual(['The person lives in Lisbon.'])
  expect(await recalled(ada, 'Lisbon light')).toContain('Lisbon is full of light.')
})

test('memory follows the text: another branch, a deleted talk', async () => {
  const ada = talks.addPerson()
  const at = talks.open(ada)
  const before = await tell(at, 'Good morning to you all.')
  const told = await tell(at, 'I work at Norrvik Shipping.')
  await handled(await on.publish(branchSwitched, talks.switchTo(at, before.messageId)))
  expect(await texts(ada)).toEqual([])
  expect(await recalled(ada, 'Norrvik Shipping')).toEqual([])
  await handled(await on.publish(branchSwitched, talks.switchTo(at, told.messageId)))
  expect(await texts(ada)).toEqual(['The person works at Norrvik Shipping.'])
  await handled(await on.publish(conversationDeleted, talks.deleteConversation(at)))
  expect(await texts(ada, { history: true })).toEqual([])
  expect(await recalled(ada, 'Norrvik Shipping')).toEqual([])
})

test('the person corrects: the old words are history, refused when stale, and not learned again', async () => {
  const ada = talks.addPerson()
  await tell(talks.open(ada), 'My sister Anna lives in Lisbon.', 'Lisbon must be warm.')
  const item = (await list(ada)).find(({ text }) => text.includes('Lisbon')) ?? (await first(ada))
  const change = { id: item.id, text: 'Anna lives in Porto.' }
  const stale = on.call(calls.editMemory, { ...change, ifVersion: 99 }, person(ada))
  await expect(stale).rejects.toMatchObject({ code: 'stale' })
  const edited = await on.call(calls.editMemory, { ...change, ifVersion: item.version }, person(ada))
  expect(edited).toMatchObject({ text: 'Anna lives in Porto.', version: item.version + 1, origin: 'person' })
  const { versions } = await on.call(calls.explainMemory, { id: item.id }, person(ada))
  expect(versions).toMatchObject([{ version: item.version, reason: 'corrected by the person' }])
  expect((await recalled(ada, 'Where does my sister Anna live? Lisbon?')).join()).not.toContain('Lisbon')
  expect(await recalled(ada, 'Where does my sister Anna live?')).toContain('Anna lives in Porto.')
})

test('what is forgotten is gone from everywhere, and the same words teach it no second time', async () => {
  const ada = talks.addPerson()
  await tell(talks.open(ada), 'I like sardines. The sea is far.', 'Sardines, good.')
  const { id } = await first(ada)
  const { forgotten } = await on.call(calls.forgetMemory, { id }, person(ada))
  expect(forgotten).toMatchObject({ memories: 1, sentences: 2 })
  await tell(talks.open(ada), 'I like sardines.')
  expect(await texts(ada)).toEqual([])
  expect((await recalled(ada, 'the sea and sardines')).join()).not.toMatch(/I like sardines\. The|Sardines, good/)
})

test('paused, nothing is kept but the place in the tree; pinned, it comes whatever is asked', async () => {
  const ada = talks.addPerson()
  await on.call(calls.setSettings, { paused: true }, person(ada))
  const at = talks.open(ada)
  await tell(at, 'I live in Oslo.')
  await on.call(calls.setSettings, { paused: false }, person(ada))
  await tell(at, 'My dog is called Biscuit.')
  expect(await texts(ada)).toEqual(['The person has a dog called Biscuit.'])
  expect(await recalled(ada, 'Oslo')).toEqual([])
  const id = systemRandom.id()
  await on.call(calls.addMemory, { id, text: 'Call me by my nickname, Bee.', pinned: true }, person(ada))
  const [again] = [await on.call(calls.addMemory, { id, text: 'Another text.' }, person(ada))]
  expect(again.text).toBe('Call me by my nickname, Bee.')
  expect((await recalled(ada, 'xylophone'))[0]).toBe('Call me by my nickname, Bee.')
})

test('memories are shared among characters, or stay with the one that learned them', async () => {
  const ada = talks.addPerson()
  const [sol, nox] = [systemRandom.id(), systemRandom.id()]
  await on.call(
    calls.addMemory,
    { id: systemRandom.id(), text: 'Likes walks at night.', characterId: sol },
    person(ada),
  )
  const ask = async (characterId: string) =>
    (await on.call(calls.recall, { query: 'walks at night', characterId }, person(ada))).items.length
  expect([await ask(sol), await ask(nox)]).toEqual([1, 1])
  await on.call(calls.setSettings, { sharing: 'character' }, person(ada))
  expect([await ask(sol), await ask(nox)]).toEqual([1, 0])
})

test('who lost the job, or read what has changed since, writes nothing', async () => {
  const ada = talks.addPerson()
  const at = talks.open(ada)
  await tell(at, 'Nothing to learn here at all.')
  await on.sql(`update memory.episodes set extracted = null where person_id = '${ada}'`, 'administrator')
  await on.sql(
    `insert into memory.extraction_jobs values ('${ada}', '${at}', 1, 'infinity', null, 7, 0)`,
    'administrator',
  )
  const job = { person_id: ada, conversation_id: at, tries: 0, messages: 1 }
  await expect(runJob(on.ctx, { ...job, fence: 6 })).rejects.toThrow('another process has taken the job')
  expect(await runJob(on.ctx, { ...job, fence: 7 })).toBe(false)
  await on.sql(`delete from memory.extraction_jobs where person_id = '${ada}'`, 'administrator')
})

test('journal, prompts and insights: a pattern needs three moments from two talks, and goes with them', async () => {
  const ada = talks.addPerson()
  const [one, two] = [talks.open(ada), talks.open(ada)]
  await tell(one, 'I feel anxious about the violin exam.')
  await tell(one, 'The violin needs new strings.')
  const insightsOf = async () => (await on.call(calls.insights, {}, person(ada))).items
  expect(await insightsOf()).toEqual([])
  await tell(two, 'My violin teacher was pleased with the sonata.')
  const found = await insightsOf()
  expect(found.find(({ kind }) => kind === 'topic')).toMatchObject({ title: 'violin', sessions: 2 })
  expect(found.every(({ proof, sessions }) => proof.length >= 3 && sessions >= 2)).toBe(true)
  await handled(await on.publish(conversationDeleted, talks.deleteConversation(two)))
  expect(await insightsOf()).toEqual([])

  const entry = { id: systemRandom.id(), text: 'A slow day.', mood: 4, tags: ['quiet'] }
  const made = await on.call(calls.addJournal, entry, person(ada))
  await on.call(calls.editJournal, { id: made.id, mood: 5, ifVersion: 1 }, person(ada))
  const { items } = await on.call(calls.listJournal, { tag: 'quiet' }, person(ada))
  expect(items).toMatchObject([{ text: 'A slow day.', mood: 5, version: 2 }])
  expect((await on.call(calls.journalPrompts, {}, person(ada))).items.length).toBeGreaterThan(2)
  await on.call(calls.removeJournal, { id: made.id }, person(ada))
  expect((await on.call(calls.listJournal, {}, person(ada))).items).toEqual([])
})

test('erasure leaves no canary in any table, and no row', async () => {
  const ada = talks.addPerson()
  const at = talks.open(ada)
  await tell(at, 'My name is Canaryella. I love canarying.')
  await on.call(calls.addMemory, { id: systemRandom.id(), text: 'Canary by hand.' }, person(ada))
  await on.call(calls.addJournal, { id: systemRandom.id(), text: 'Canary on paper.' }, person(ada))
  const tables = await on.sql(
    "select table_name from information_schema.columns where table_schema = 'memory' and column_name = 'person_id'",
    'administrator',
  )
  const dump = async () =>
    (
      await Promise.all(
        tables.map(({ table_name: name }) =>
          on.sql(`select t::text as row from memory.${String(name)} t where person_id = '${ada}'`, 'administrator'),
        ),
      )
    ).flat()
  const before = await dump()
  expect(before.length).toBeGreaterThan(8)
  const readable = before.map(({ row }) => String(row) + decoded(String(row))).join('\n')
  expect(readable).not.toMatch(/canary/i)
  await on.publish(gateway.events.accountErased, { personId: ada, erasureId: systemRandom.id() })
  await waitFor(async () => (await dump()).every(({ row }) => String(row).includes(ada)) && (await dump()).length <= 1)
  const left = await dump()
  expect(left).toHaveLength(1)
})

/** What bytea columns hold, as far as it is text. */
const decoded = (row: string): string =>
  [...row.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join(' ')

test('two people with the same words: no call ever gives or changes a row of the other', async () => {
  const [ada, eve] = [talks.addPerson(), talks.addPerson()]
  const own = new Map<string, Set<string>>([
    [ada, new Set()],
    [eve, new Set()],
  ])
  const words = constantFrom('My cat Mio is ill.', 'I live in Lisbon.', 'I like tea.')
  const step = record({ who: constantFrom(ada, eve), act: constantFrom('add', 'write', 'spy'), text: words })
  await assert(
    asyncProperty(array(step, { minLength: 4, maxLength: 8 }), async steps => {
      for (const { who, act, text } of steps) {
        const other = who === ada ? eve : ada
        const id = systemRandom.id()
        if (act === 'add') {
          await on.call(calls.addMemory, { id, text }, person(who))
          own.get(who)?.add(id)
        } else if (act === 'write') {
          await on.call(calls.addJournal, { id, text }, person(who))
          own.get(who)?.add(id)
        } else
          for (const foreign of own.get(other) ?? []) {
            const attempts = [
              on.call(calls.getMemory, { id: foreign }, person(who)),
              on.call(calls.explainMemory, { id: foreign }, person(who)),
              on.call(calls.editMemory, { id: foreign, text: 'mine' }, person(who)),
              on.call(calls.forgetMemory, { id: foreign }, person(who)),
              on.call(calls.editJournal, { id: foreign, text: 'mine' }, person(who)),
              on.call(calls.removeJournal, { id: foreign }, person(who)),
            ]
            for (const outcome of await Promise.allSettled(attempts))
              expect(outcome.status === 'rejected' && LunaError.from(outcome.reason).code).toBe('not-found')
          }
        const seen = [
          ...(await list(who, { history: true })).map(item => item.id),
          ...(await list(who, { q: text })).map(item => item.id),
          ...(await on.call(calls.listJournal, { limit: 100 }, person(who))).items.map(item => item.id),
          ...(await on.call(calls.recall, { query: text }, person(who))).items.map(item => item.memoryId ?? ''),
          ...(await on.call(calls.insights, {}, person(who))).items.flatMap(item => item.proof.map(each => each.id)),
        ]
        expect(seen.filter(each => !own.get(who)?.has(each))).toEqual([])
      }
    }),
    { numRuns: 4 },
  )
})
