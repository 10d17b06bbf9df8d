import { waitFor } from '@luna/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { describeDistributed } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'

const facts = [
  ['My name is Robin.', 'The person is called Robin.'],
  ['I live in Bergen.', 'The person lives in Bergen.'],
  ['I work at Norrvik Shipping.', 'The person works at Norrvik Shipping.'],
  ['My dog is called Biscuit.', 'The person has a dog called Biscuit.'],
  ['My sister Anna likes the sea.', 'The person’s sister is called Anna.'],
  ['I love sailing.', 'The person likes sailing.'],
  ['I hate mornings.', 'The person does not like mornings.'],
  ['My favourite colour is green.', 'The person’s favourite colour is green.'],
  ['I grew up in Tromsø.', 'The person comes from Tromsø.'],
  ['I am 41 years old.', 'The person is 41 years old.'],
] as const

const env = { LUNA_MEMORY_EXTRACTOR: 'rules', LUNA_MEMORY_IDLE_MS: '0', LUNA_AUTH: 'accounts' }

/** `LUNA_FAULT_KILLS` times; each time in the middle of what one message teaches. */
const kills = Math.min(facts.length, Number(process.env['LUNA_FAULT_KILLS'] || 2))

await describeDistributed('memory is killed while it learns', { env }, system => {
  test('at any point: everything is learned, and once', async () => {
    const { luna, model } = system
    model.always({ text: 'Mm.' })
    const { client, id } = await signUp(luna.url)
    const { id: conversationId } = await client.conversations.create()
    const database = new pg.Client({ connectionString: await luna.databaseUrl() })
    await database.connect()
    const share = Math.ceil(facts.length / kills)
    for (let index = 0; index < kills; index += 1) {
      const said = facts.slice(index * share, (index + 1) * share).map(([text]) => text)
      const { turnId } = await client.conversations.submit(conversationId, { text: said.join(' ') })
      await waitFor(async () => (await client.turns.get(turnId)).state === 'completed')
      // Somewhere between the event and the commit of what it teaches: another place each time.
      const memory = luna.process('memory')
      const passed = performance.now() + index * 7
      await waitFor(async () => performance.now() >= passed)
      await memory.kill()
      await database.query(`update memory.extraction_jobs set claimed_until = null`)
      await memory.restart()
    }
    const learned = async () => (await client.memories.list({ limit: 100 })).items.map(({ text }) => text)
    await waitFor(async () => (await learned()).length >= facts.length, { timeoutMs: 30_000 })
    expect((await learned()).toSorted()).toEqual(facts.map(([, memory]) => memory).toSorted())
    const { rows } = await database.query(`select count(*)::int as count from memory.memories where person_id = $1`, [
      id,
    ])
    expect(rows[0].count).toBe(facts.length)
    await database.end()
  }, 120_000)
})
