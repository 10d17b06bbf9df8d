import { chat, personality } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { startFakeModel, waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { luna } from '../src/starters/luna.ts'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
let model: Awaited<ReturnType<typeof startFakeModel>>
beforeAll(async () => {
  model = await startFakeModel()
  on = await onABus({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'k', LUNA_MODEL: 'm' })
})
afterAll(async () => {
  await on.close()
  await model.stop()
})

const calls = personality.calls
const { turnEnded } = chat.events
const lines = [
  'I am so happy today!',
  'Everything is terrible and I feel awful',
  'ok',
  'haha that is great, I love it',
  'I hate this',
  'thank you, wonderful',
]

test('the same turns give the same history, in whatever order and however often they are told', async () => {
  const histories: unknown[] = []
  const start = Date.now() - 3_600_000
  for (const order of [
    [0, 1, 2, 3, 4, 5],
    [5, 3, 1, 0, 2, 4],
    [2, 2, 5, 0, 0, 4, 1, 3, 1],
  ]) {
    const ada = person(systemRandom.id())
    const personId = ada.kind === 'person' ? ada.personId : ''
    const conversationId = systemRandom.id()
    const events = lines.map(text =>
      on.neighbours.say({ personId, conversationId, characterId: luna.id, person: text }),
    )
    for (const index of order) {
      const event = events[index]
      if (event) await on.publish(turnEnded, event, new Date(start + index * 60_000))
    }
    const history = () => on.call(calls.moodHistory, { characterId: luna.id }, ada)
    await waitFor(async () => (await history()).items.length === lines.length)
    histories.push((await history()).items.map(({ turnId: _turn, ...rest }) => rest))
    const mood = await on.call(calls.getMood, { characterId: luna.id }, ada)
    expect(mood).toMatchObject({ turns: lines.length, enabled: true })
  }
  expect(histories[1]).toEqual(histories[0])
  expect(histories[2]).toEqual(histories[0])
}, 20_000)

test('moods colour the prompt, can be switched off, and nothing private moves them', async () => {
  const ada = person(systemRandom.id())
  const personId = ada.kind === 'person' ? ada.personId : ''
  const names = async () => (await on.call(calls.compose, {}, ada)).parts.map(({ name }) => name)
  expect(await names()).toContain('mood')
  await on.call(calls.setMood, { characterId: luna.id, enabled: false }, ada)
  expect(await names()).not.toContain('mood')
  await on.publish(turnEnded, on.neighbours.say({ personId, characterId: luna.id, person: 'I love you all' }))
  await on.call(calls.setMood, { characterId: luna.id, enabled: true }, ada)
  await on.publish(
    turnEnded,
    on.neighbours.say({ personId, characterId: luna.id, person: 'I love you all', private: true }),
  )
  const seen = on.neighbours.say({ personId, characterId: luna.id, person: 'a fine day' })
  await on.publish(turnEnded, seen)
  await waitFor(async () => (await on.call(calls.characterUsage, { characterId: luna.id }, ada)).turns >= 1)
  await waitFor(async () =>
    (await on.call(calls.moodHistory, { characterId: luna.id }, ada)).items.some(
      ({ turnId }) => turnId === seen.turnId,
    ),
  )
  const { turns } = await on.call(calls.characterUsage, { characterId: luna.id }, ada)
  expect(turns).toBeLessThanOrEqual(2)
})

test('usage is summed for the owner alone', async () => {
  const [owner, guest] = [person(systemRandom.id()), person(systemRandom.id())]
  const { id } = await on.call(calls.createCharacter, { sheet: { name: 'Counted' }, visibility: 'public' }, owner)
  for (const scope of [owner, guest]) {
    const personId = scope.kind === 'person' ? scope.personId : ''
    await on.publish(turnEnded, on.neighbours.say({ personId, characterId: id, person: 'hello' }))
  }
  await on.call(calls.rateCharacter, { characterId: id, stars: 4 }, guest)
  await waitFor(async () => (await on.call(calls.characterUsage, { characterId: id }, owner)).turns === 2)
  expect(await on.call(calls.characterUsage, { characterId: id }, owner)).toEqual({
    turns: 2,
    people: 2,
    tokens: 20,
    milliseconds: 40,
    generations: 0,
    ratings: { count: 1, average: 4 },
  })
  expect(await on.call(calls.characterUsage, { characterId: id }, guest)).toMatchObject({
    turns: 1,
    ratings: { count: 1, average: 4 },
  })
})

test('scenes lead on by their keys to an ending; persona and scene stand in the prompt', async () => {
  const ada = person(systemRandom.id())
  const personId = ada.kind === 'person' ? ada.personId : ''
  const scene = (id: string, keys: string[]) => ({ id, title: id, text: `This is ${id}.`, keys })
  const sheet = {
    name: 'Teller',
    description: '{{char}} tells {{user}} a tale.',
    scenes: [scene('gate', ['open']), scene('hall', ['/crow+n/'])],
    endings: [scene('peace', ['forgive'])],
  }
  const { id } = await on.call(calls.createCharacter, { sheet }, ada)
  const conversationId = systemRandom.id()
  const sceneOf = async () =>
    (await on.call(calls.compose, { characterId: id, conversationId, personName: 'Ada' }, ada)).parts.find(
      ({ name }) => name === 'scene',
    )?.text
  const turn = async (text: string) => {
    const event = on.neighbours.say({ personId, conversationId, characterId: id, person: text })
    await on.publish(turnEnded, event)
  }
  expect(await sceneOf()).toContain('This is gate.')
  await turn('I OPEN the door')
  await waitFor(async () => (await sceneOf())?.includes('This is hall.') === true)
  const made = await on.call(
    calls.putPersona,
    { name: 'Captain Nemo', description: 'a captain', isDefault: false },
    ada,
  )
  const story = await on.call(calls.updateStory, { conversationId, personaId: made.id }, ada)
  expect(story).toMatchObject({ sceneId: 'hall', reached: ['gate', 'hall'], personaId: made.id })
  await expect(
    on.call(calls.updateStory, { conversationId, greeting: 1, ifVersion: story.version - 1 }, ada),
  ).rejects.toMatchObject({ code: 'stale' })
  const { parts } = await on.call(calls.compose, { characterId: id, conversationId, personName: 'Ada' }, ada)
  expect(parts.find(({ name }) => name === 'role')?.text).toBe('Teller tells Captain Nemo a tale.')
  await turn('I forgive you')
  await waitFor(async () => (await on.call(calls.getStory, { conversationId }, ada)).endingId === 'peace')
  expect(await sceneOf()).toContain('reached its ending')
})

test('in a cast the next one speaks once, by list or by name, and a doubled event is one turn', async () => {
  const ada = person(systemRandom.id())
  const personId = ada.kind === 'person' ? ada.personId : ''
  const [one, two, three] = await Promise.all(
    ['Ann', 'Bob', 'Cid'].map(name => on.call(calls.createCharacter, { sheet: { name } }, ada)),
  )
  if (!one || !two || !three) throw new Error('three were made')
  const conversationId = systemRandom.id()
  on.neighbours.say({ personId, conversationId, characterId: one.id, person: 'hello' })
  await on.call(calls.updateStory, { conversationId, cast: [one.id, two.id, three.id], order: 'natural' }, ada)
  expect(
    (await on.call(calls.compose, { characterId: one.id, conversationId }, ada)).parts.find(
      ({ name }) => name === 'cast',
    )?.text,
  ).toContain('- Bob')
  const asked = () =>
    [...on.neighbours.begun.values()]
      .filter(begun => begun.conversationId === conversationId)
      .map(begun => begun.characterId)
  const first = on.neighbours.say({
    personId,
    conversationId,
    characterId: one.id,
    person: 'What does Cid think?',
    character: 'Let us ask.',
  })
  const firstEvent = await on.publish(turnEnded, first)
  await on.publish(turnEnded, first, undefined, firstEvent)
  await waitFor(() => asked().length === 1)
  expect(asked()).toEqual([three.id])
  const second = on.neighbours.say({
    personId,
    conversationId,
    characterId: three.id,
    person: '',
    character: 'I agree with Ann and Bob.',
  })
  await on.publish(turnEnded, second)
  await waitFor(() => asked().length === 2)
  expect(asked()).toEqual([three.id, two.id])
  const seenBefore = on.neighbours.say({
    personId,
    conversationId,
    characterId: two.id,
    person: '',
    character: 'Ann, Cid, good night.',
  })
  await on.publish(turnEnded, seenBefore)
  const probe = on.neighbours.say({ personId, characterId: one.id, person: 'probe' })
  await on.publish(turnEnded, probe)
  await waitFor(async () =>
    (await on.call(calls.moodHistory, { characterId: one.id }, ada)).items.some(
      ({ turnId }) => turnId === probe.turnId,
    ),
  )
  expect(asked()).toHaveLength(2)
})

test('the generator works stage by stage with a model, and says what went wrong when it answers rubbish', async () => {
  const ada = person(systemRandom.id())
  model.always({})
  const begun = await on.call(calls.generate, { idea: 'a beekeeper', name: 'Bea', scenes: 2 }, ada)
  expect(begun).toMatchObject({ state: 'running', by: 'model' })
  const state = (id: string) => on.call(calls.getGeneration, { id }, ada)
  await waitFor(async () => (await state(begun.id)).state === 'done')
  const done = await state(begun.id)
  expect(done.done).toEqual(['identity', 'backstory', 'greetings', 'scenes', 'lorebook'])
  expect(await on.call(calls.getCharacter, { id: done.characterId ?? '' }, ada)).toMatchObject({
    name: 'Bea',
    own: true,
  })
  const { sheet } = await on.call(
    calls.regenerateField,
    { characterId: done.characterId ?? '', field: 'greeting' },
    ada,
  )
  expect(Object.keys(sheet)).toEqual(['greeting'])
  await expect(on.call(calls.getGeneration, { id: begun.id }, person(systemRandom.id()))).rejects.toMatchObject({
    code: 'not-found',
  })
  model.always({ text: 'I would rather not.' })
  const failing = await on.call(calls.generate, { idea: 'x' }, ada)
  await waitFor(async () => (await state(failing.id)).state === 'failed')
  expect((await state(failing.id)).error).toContain('does not fit')
})
