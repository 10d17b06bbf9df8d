import { gateway, personality } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { luna } from '../src/starters/luna.ts'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
beforeAll(async () => {
  on = await onABus()
})
afterAll(() => on.close())

const ada = person(systemRandom.id())
const { compose, getCharacter, listCharacters } = personality.calls

test('the prompt of whoever asks for no character is Luna’s, in order, each part counted', async () => {
  const { character, parts, lore } = await on.call(compose, { personName: 'Ada' }, ada)
  expect(character).toEqual({ id: luna.id, slug: 'luna', name: 'Luna', version: luna.version })
  expect(parts.map(part => [part.name, part.place])).toEqual([
    ['care', 'before'],
    ['honesty', 'before'],
    ['role', 'before'],
    ['personality', 'before'],
    ['person', 'before'],
    ['mood', 'before'],
    ['greeting', 'before'],
    ['reminder', 'after'],
  ])
  expect(parts.every(part => part.tokens > 0)).toBe(true)
  expect(lore).toEqual([])
  expect(await on.call(compose, { characterId: luna.id, personName: 'Ada' }, ada)).toEqual({ character, parts, lore })
})

test('a character is found by id and by slug; an unknown one is not found', async () => {
  const found = await on.call(getCharacter, { slug: 'luna' }, ada)
  expect(found).toMatchObject({
    id: luna.id,
    name: 'Luna',
    visibility: 'public',
    builtIn: true,
    own: false,
    greeting: expect.stringContaining('AI'),
  })
  expect(await on.call(getCharacter, { id: luna.id }, ada)).toEqual(found)
  const { items } = await on.call(listCharacters, {}, ada)
  expect(items.map(({ slug }) => slug)).toContain('luna')
  await expect(on.call(getCharacter, { slug: 'nobody-at-all' }, ada)).rejects.toMatchObject({ code: 'not-found' })
  await expect(on.call(getCharacter, {}, ada)).rejects.toMatchObject({ code: 'invalid' })
  await expect(on.call(compose, { characterId: systemRandom.id() }, ada)).rejects.toMatchObject({ code: 'not-found' })
})

test('an erasure is answered, and answered again when it comes again', async () => {
  const erasure = { personId: systemRandom.id(), erasureId: systemRandom.id() }
  await on.publish(gateway.events.accountErased, erasure)
  await on.publish(gateway.events.accountErased, erasure)
  await waitFor(() => on.receipts.length === 2)
  for (const receipt of on.receipts)
    expect(receipt).toMatchObject({
      ...erasure,
      service: 'personality',
      counts: { characters: 0, personas: 0, files: 0 },
    })
  const erased = await on.sql('select person_id, erasure_id from personality.erased_persons', 'administrator')
  expect(erased).toEqual([{ person_id: erasure.personId, erasure_id: erasure.erasureId }])
})

test('the role sees its own schema alone', async () => {
  expect(await on.sql('select count(*)::int as rows from erased_persons', 'role').catch(String)).toContain(
    'does not exist',
  )
  await expect(on.sql('create table public.other (id int)', 'role')).rejects.toThrow('permission denied')
  expect(await on.sql('select 1 as one from personality.inbox limit 0', 'role')).toEqual([])
})
