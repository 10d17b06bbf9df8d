import { type CallInput, chat, gateway, memory, type Payload } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyFacts } from '../src/follow/apply-facts.ts'
import { type ChatOnTheBus, chatOnTheBus } from './chat-on-the-bus.ts'
import type { OnABus } from './on-a-bus.ts'

type Erased = Payload<typeof memory.events.erased>
type Question = Omit<CallInput<typeof memory.calls.recall>, 'query'>

/** What memory promises, on whichever bus. */
export const memorySuite = (open: () => Promise<OnABus>) =>
  describe('memory', () => {
    let on: OnABus
    let talks: ChatOnTheBus
    const receipts: Erased[] = []
    const { turnEnded, messageChanged, branchSwitched, conversationDeleted } = chat.events

    beforeAll(async () => {
      on = await open()
      talks = await chatOnTheBus(on.bus)
      const wait = { concurrency: 1, ackWaitMs: 30_000, backoffMs: [100] }
      await on.bus.listen({ listener: 'test--erased', event: memory.events.erased.name, ...wait }, async delivery => {
        receipts.push(JSON.parse(delivery.message.data) as Erased)
      })
    })
    afterAll(() => on.close())

    const recall = (personId: string, query: string, input: Question = {}) =>
      on.call(memory.calls.recall, { query, ...input }, person(personId))
    const recalled = async (personId: string, query: string, input: Question = {}) =>
      (await recall(personId, query, input)).items.map(item => item.text)
    const handled = (eventId: string) =>
      waitFor(async () => {
        const rows = await on.sql(`select 1 from memory.inbox where event_id = '${eventId}'`, 'administrator')
        return rows.length > 0
      })
    const remember = async (conversationId: string, text: string, answer?: string) => {
      const event = talks.say(conversationId, text, answer)
      await handled(await on.publish(turnEnded, event))
      return event
    }
    const rowsOf = async (personId: string): Promise<number> => {
      const tables = ['episodes', 'forgotten', 'conversations']
      const each = tables.map(table => `select person_id from memory.${table} where person_id = '${personId}'`)
      return (await on.sql(each.join(' union all '), 'administrator')).length
    }

    test('what was said is recalled by its words, with the reason', async () => {
      const ada = talks.addPerson()
      const first = talks.open(ada)
      const told = await remember(first, 'My sister Anna moved to Lisbon last spring.', 'That is far away.')
      await remember(first, 'I had noodles for lunch.')
      const { items, current, cut } = await recall(ada, 'Where does my sister live now?', {
        conversationId: talks.open(ada),
      })
      expect({ current, cut }).toEqual({ current: true, cut: [] })
      expect(items[0]).toMatchObject({
        messageId: told.userMessageId,
        text: 'My sister Anna moved to Lisbon last spring.',
      })
      expect(items[0]?.why).toEqual([
        'words: sister',
        'said by the person',
        `on ${new Date().toISOString().slice(0, 10)}`,
      ])
      expect(items.map(item => item.text)).not.toContain('I had noodles for lunch.')
    })

    test('nothing is recalled when nothing fits, and nothing that is in the prompt already', async () => {
      const ada = talks.addPerson()
      const told = await remember(talks.open(ada), 'The dentist appointment is on Thursday.', 'Noted.')
      expect(await recalled(ada, 'What do you think of jazz?')).toEqual([])
      expect(await recalled(ada, 'and the so was it')).toEqual([])
      const except = told.userMessageId === null ? [] : [told.userMessageId]
      expect(await recalled(ada, 'dentist appointment', { exceptMessageIds: except })).not.toContain(
        'The dentist appointment is on Thursday.',
      )
    })

    test('two people with the same words never see each other’s rows', async () => {
      const [ada, bea] = [talks.addPerson(), talks.addPerson()]
      await remember(talks.open(ada), 'My cat Mio is ill, says Ada.')
      await remember(talks.open(bea), 'My cat Mio is ill, says Bea.')
      expect(await recalled(ada, 'cat Mio')).toEqual(['My cat Mio is ill, says Ada.'])
      expect(await recalled(bea, 'cat Mio')).toEqual(['My cat Mio is ill, says Bea.'])
      const { rows } = await on.call(memory.calls.exportPage, {}, person(bea))
      expect(rows.map(row => row['text'])).toEqual(['My cat Mio is ill, says Bea.', 'I see.'])
    })

    test('an event of one person about another’s conversation brings nothing over', async () => {
      const [ada, eve] = [talks.addPerson(), talks.addPerson()]
      const event = await remember(talks.open(ada), 'The code of the alarm is in the blue vase.')
      await handled(await on.publish(turnEnded, { ...event, personId: eve }))
      expect(await recalled(eve, 'alarm code vase')).toEqual([])
      expect(await recalled(ada, 'alarm code vase')).toEqual(['The code of the alarm is in the blue vase.'])
    })

    test('the role of the service sees no rows without a scope', async () => {
      await remember(talks.open(talks.addPerson()), 'Only with a scope.')
      for (const table of ['episodes', 'conversations', 'forgotten'])
        expect(await on.sql(`select * from memory.${table}`, 'role')).toEqual([])
      expect(await on.sql('select 1 from memory.episodes', 'administrator')).not.toEqual([])
    })

    test('what was said lies nowhere in readable form', async () => {
      const ada = talks.addPerson()
      await remember(talks.open(ada), 'The canary sings xylophonically.')
      const rows = await on.sql(
        "select e::text as row, encode(text, 'escape') as bytes from memory.episodes e",
        'administrator',
      )
      expect(JSON.stringify(rows)).not.toMatch(/canary|canari|sings|xylophon/i)
      expect(await recalled(ada, 'canary')).toEqual(['The canary sings xylophonically.'])
    })

    test('a private conversation leaves no trace', async () => {
      const ada = talks.addPerson()
      const hidden = talks.open(ada, { private: true })
      const event = await remember(hidden, 'Nobody may know about the tattoo.')
      await handled(await on.publish(turnEnded, { ...event, private: false }))
      await handled(await on.publish(branchSwitched, talks.switchTo(hidden, event.userMessageId)))
      expect(await recalled(ada, 'tattoo')).toEqual([])
      expect(await rowsOf(ada)).toBe(0)
    })

    test('memory follows the branch: what no longer stands is not recalled, what stands again is', async () => {
      const ada = talks.addPerson()
      const at = talks.open(ada)
      const first = await remember(at, 'Guess my favourite fruit.', 'You love papaya above everything.')
      await handled(
        await on.publish(turnEnded, talks.regenerate(at, first.messageId, 'You love quince above everything.')),
      )
      expect(await recalled(ada, 'papaya or quince?')).toEqual(['You love quince above everything.'])
      await handled(await on.publish(branchSwitched, talks.switchTo(at, first.messageId)))
      expect(await recalled(ada, 'papaya or quince?')).toEqual(['You love papaya above everything.'])
    })

    test('a recall of a newer revision catches up by itself, or leaves out what it cannot prove', async () => {
      const ada = talks.addPerson()
      const at = talks.open(ada)
      const kept = await remember(at, 'We talk about boats.', 'Boats are fine.')
      await remember(at, 'The password of the wifi is turnip.')
      talks.switchTo(at, kept.messageId)
      const asked = { conversationId: at, revision: talks.revision(at) }
      talks.setAway(true)
      expect(await recall(ada, 'wifi turnip boats', asked)).toEqual({ items: [], cut: [], current: false })
      talks.setAway(false)
      const now = await recall(ada, 'wifi turnip boats', asked)
      expect(now.current).toBe(true)
      expect(now.items.map(item => item.text)).toContain('We talk about boats.')
      expect(now.items.map(item => item.text)).not.toContain('The password of the wifi is turnip.')
    })

    test('a change that was heard of while chat is away takes its conversation out until chat is back', async () => {
      const ada = talks.addPerson()
      const at = talks.open(ada)
      const told = await remember(at, 'My locker is number 4711.')
      await remember(at, 'Second thought.')
      const change = talks.deleteMessage(at, told.userMessageId ?? '')
      talks.setAway(true)
      const sent = on.publish(messageChanged, change)
      await waitFor(async () => (await recalled(ada, 'locker number')).length === 0)
      talks.setAway(false)
      await handled(await sent)
      const { rows } = await on.call(memory.calls.exportPage, {}, person(ada))
      expect(rows).toEqual([])
    })

    test('another branch that was heard of while chat is away is trusted nowhere, and known once chat is back', async () => {
      const ada = talks.addPerson()
      const at = talks.open(ada)
      const kept = await remember(at, 'The parrot is called Kiwi.')
      await remember(at, 'The parrot is called Mango.')
      const change = talks.switchTo(at, kept.messageId)
      talks.setAway(true)
      const sent = on.publish(branchSwitched, change)
      await waitFor(async () => (await recalled(ada, 'parrot')).length === 0)
      talks.setAway(false)
      await handled(await sent)
      expect(await recalled(ada, 'parrot')).toEqual(['The parrot is called Kiwi.'])
    })

    test('a deletion that arrives first leaves a tombstone, and a late turn brings nothing back', async () => {
      const ada = talks.addPerson()
      const at = talks.open(ada)
      const kept = talks.say(at, 'The ferry leaves at noon.')
      const event = talks.say(at, 'The ferry captain is called Ole.')
      const held = talks.holdTexts()
      const late = on.publish(turnEnded, event)
      await held.asked
      await handled(await on.publish(messageChanged, talks.deleteMessage(at, event.userMessageId ?? '')))
      held.release()
      await handled(await late)
      await handled(await on.publish(turnEnded, kept))
      await handled(await on.publish(turnEnded, event))
      expect(await recalled(ada, 'ferry captain')).toEqual(['The ferry leaves at noon.'])

      await handled(await on.publish(conversationDeleted, talks.deleteConversation(at)))
      await handled(await on.publish(turnEnded, kept))
      expect(await recalled(ada, 'ferry')).toEqual([])
      expect(await on.sql(`select 1 from memory.episodes where conversation_id = '${at}'`, 'administrator')).toEqual([])
    })

    test.each([1, 2, 3, 4])('events shuffled and doubled end in the same place (%i)', async seed => {
      const ada = talks.addPerson()
      const at = talks.open(ada)
      const sends: (() => Promise<string>)[] = []
      const ends = [1, 2, 3, 4].map(n =>
        talks.say(at, `Fact number ${n} of the treasure.`, `Answer ${n} on the treasure.`),
      )
      const again = talks.regenerate(at, ends[1]?.messageId ?? '', 'Another answer on the treasure.')
      const longer = talks.say(at, 'More about the treasure.')
      const dropped = talks.deleteMessage(at, ends[2]?.userMessageId ?? '')
      const switched = talks.switchTo(at, again.messageId)
      for (const event of [...ends, again, longer]) sends.push(() => on.publish(turnEnded, event))
      sends.push(
        () => on.publish(messageChanged, dropped),
        () => on.publish(branchSwitched, switched),
      )
      const shuffled = [...sends, ...sends]
        .map((send, index) => ({ send, key: Math.sin((index + 1) * 7919 * seed) }))
        .toSorted((one, other) => one.key - other.key)
      for (const id of await Promise.all(shuffled.map(({ send }) => send()))) await handled(id)
      const { rows } = await on.call(memory.calls.exportPage, {}, person(ada))
      const standing = rows.filter(row => row['active']).map(row => row['text'])
      expect(standing.toSorted()).toEqual(talks.standing(at).toSorted())
      expect(rows.map(row => row['text'])).not.toContain('Fact number 3 of the treasure.')
      expect(rows.map(row => row['text'])).not.toContain('Answer 4 on the treasure.')
    })

    test('erasure answers with counts, again when asked again, and a replayed old event brings nothing back', async () => {
      const [ada, bea] = [talks.addPerson(), talks.addPerson()]
      const at = talks.open(ada)
      const event = await remember(at, 'Erase this sentence about pelicans.')
      await remember(talks.open(bea), 'Keep this sentence about pelicans.')
      const erasure = { personId: ada, erasureId: systemRandom.id() }
      const answers = () => receipts.filter(receipt => receipt.erasureId === erasure.erasureId)
      await on.publish(gateway.events.accountErased, erasure)
      await waitFor(() => answers().length === 1)
      expect(answers()[0]).toEqual({
        ...erasure,
        service: 'memory',
        counts: expect.objectContaining({ episodes: 2, conversations: 1, forgotten: 0 }),
      })

      await on.publish(turnEnded, event)
      await on.publish(branchSwitched, talks.switchTo(at, event.userMessageId))
      await on.publish(gateway.events.accountErased, erasure)
      await waitFor(() => answers().length === 2)
      expect(Object.values(answers()[1]?.counts ?? { none: 1 })).toEqual(Array.from({ length: 12 }, () => 0))
      await remember(talks.open(bea), 'A marker behind the replayed events.')
      expect(await rowsOf(ada)).toBe(0)
      expect(await recalled(bea, 'pelicans')).toEqual(['Keep this sentence about pelicans.'])

      talks.destroyKey(ada)
      await expect(recall(ada, 'pelicans')).rejects.toMatchObject({ code: 'not-found' })
    })

    test('an erasure waits for whoever is writing for the person, and takes that with it', async () => {
      const ada = talks.addPerson()
      const at = { personId: ada, conversationId: talks.open(ada) }
      const key = await on.ctx.keys.of(ada)
      let written = () => {}
      let finish = () => {}
      const whenWritten = new Promise<void>(resolve => (written = resolve))
      const finished = new Promise<void>(resolve => (finish = resolve))
      const writing = on.ctx.db.transaction(person(ada), async tx => {
        await applyFacts(on.ctx, tx, key, at, {
          facts: [{ kind: 'deleted', messageIds: [systemRandom.id()] }],
          messages: [],
        })
        written()
        await finished
      })
      await whenWritten
      const erasure = { personId: ada, erasureId: systemRandom.id() }
      await on.publish(gateway.events.accountErased, erasure)
      try {
        await waitFor(async () => {
          const waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted"
          return (await on.sql(waiting, 'administrator')).length > 0
        })
      } finally {
        finish()
        await writing
      }
      const receipt = await waitFor(() => receipts.find(each => each.erasureId === erasure.erasureId))
      expect(receipt.counts).toMatchObject({ episodes: 0, conversations: 1, forgotten: 1 })
      const late = on.ctx.db.transaction(person(ada), tx =>
        applyFacts(on.ctx, tx, key, at, { facts: [{ kind: 'gone' }], messages: [] }),
      )
      await expect(late).rejects.toMatchObject({ code: 'not-found' })
      expect(await rowsOf(ada)).toBe(0)
    })

    test('the export gives everything, page by page, and refuses a cursor that is none', async () => {
      const ada = talks.addPerson()
      const at = talks.open(ada)
      const events = Array.from({ length: 60 }, (_, n) => talks.say(at, `Page line ${n}`, `Reply ${n}`))
      for (const id of await Promise.all(events.map(event => on.publish(turnEnded, event)))) await handled(id)
      const first = await on.call(memory.calls.exportPage, {}, person(ada))
      const second = await on.call(memory.calls.exportPage, { cursor: first.nextCursor ?? '' }, person(ada))
      expect([first.rows.length, second.rows.length, second.nextCursor]).toEqual([100, 20, null])
      expect(new Set([...first.rows, ...second.rows].map(row => row['text'])).size).toBe(120)
      await expect(on.call(memory.calls.exportPage, { cursor: 'x' }, person(ada))).rejects.toMatchObject({
        code: 'invalid',
      })
    })
  })
