import { randomUUID } from 'node:crypto'
import { chat } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { expect, it } from 'vitest'
import { delta, started } from '../../src/live/testing.suite.ts'
import { type Live, type Person, startLive } from './start-live.ts'

interface Event {
  id: string | null
  data: { type: string; [member: string]: unknown }
}

/** The events of a stream as they come. */
class Events {
  readonly events: Event[] = []
  ended = false
  readonly status: number
  readonly #gone = new AbortController()

  private constructor(response: Response, gone: AbortController) {
    this.status = response.status
    this.#gone = gone
    this.#read(response)
      .catch(() => {})
      .finally(() => {
        this.ended = true
      })
  }

  static async open(live: Live, person: Person, path: string, init: RequestInit = {}): Promise<Events> {
    const gone = new AbortController()
    const headers = { authorization: `Bearer ${person.token}`, accept: 'text/event-stream', ...init.headers }
    return new Events(await fetch(`${live.url}/api/v1${path}`, { ...init, headers, signal: gone.signal }), gone)
  }

  leave(): void {
    this.#gone.abort()
  }

  types(): string[] {
    return this.events.map(event => event.data.type)
  }

  async whole(): Promise<this> {
    await waitFor(() => this.ended, { message: 'the stream to end' })
    return this
  }

  async #read(response: Response): Promise<void> {
    let rest = ''
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string) =>
          block
            .split('\n')
            .find(line => line.startsWith(`${name}: `))
            ?.slice(name.length + 2)
        const data = field('data')
        if (data !== undefined) this.events.push({ id: field('id') ?? null, data: JSON.parse(data) })
      }
    }
  }
}

const send = (text: string, id = randomUUID()): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ id, text }),
})

it('answers a message with accepted and the frames of its turn, then ends', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id } = live.holder.open(person.id)
  live.holder.onTurn = (_, turnId) => live.holder.answer(id, turnId, ['one ', 'two'])
  const stream = await (await Events.open(live, person, `/conversations/${id}/messages`, send('hi'))).whole()
  expect(stream.types()).toEqual(['accepted', 'turn.started', 'turn.delta', 'turn.delta', 'turn.completed'])
  expect(stream.events.slice(1).every(event => event.id === event.data['cursor'])).toBe(true)
})

it('resumes behind any event, and from the beginning', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id } = live.holder.open(person.id)
  const turnId = live.holder.begin(id)
  live.holder.answer(id, turnId, ['a', 'b', 'c'])
  const all = await (await Events.open(live, person, `/turns/${turnId}/events`)).whole()
  expect(all.types()).toEqual(['turn.started', 'turn.delta', 'turn.delta', 'turn.delta', 'turn.completed'])
  for (const [index, event] of all.events.slice(0, -1).entries()) {
    const headers = { 'last-event-id': event.id ?? '' }
    const rest = await (await Events.open(live, person, `/turns/${turnId}/events`, { headers })).whole()
    expect(rest.events).toEqual(all.events.slice(index + 1))
  }
})

it('tells the end of a turn from what is stored when its frames are gone', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id } = live.holder.open(person.id)
  const turnId = live.holder.begin(id)
  live.holder.answer(id, turnId, ['the answer'])
  await live.platform.bus.trim({ name: chat.feeds.conversationFrames.name, key: id })
  const stream = await (await Events.open(live, person, `/turns/${turnId}/events`)).whole()
  expect(stream.types()).toEqual(['snapshot', 'turn.completed'])
  expect(stream.events[1]?.data).toMatchObject({ turnId, message: { text: 'the answer' } })
})

it('shows the card first and as text, and says what went wrong behind it as an event', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const foreign = live.holder.open((await live.signUp()).id).id
  const hurt = 'I want to kill myself tonight'
  const stream = await (await Events.open(live, person, `/conversations/${foreign}/messages`, send(hurt))).whole()
  expect(stream.types()).toEqual(['safety.card', 'error'])
  expect(stream.events[0]?.data['text']).toEqual(expect.stringContaining(String(stream.events[0]?.data['title'])))
  const plain = await Events.open(live, person, `/conversations/${foreign}/messages`, send('hi'))
  expect(plain.status).toBe(404)
})

it('refuses a foreign turn and a foreign cursor', async () => {
  const live = await startLive()
  const [person, stranger] = [await live.signUp(), await live.signUp()]
  const { id } = live.holder.open(person.id)
  const turnId = live.holder.begin(id)
  expect((await Events.open(live, stranger, `/turns/${turnId}/events`)).status).toBe(404)
  const headers = { 'last-event-id': '1.2.nonsense' }
  expect((await Events.open(live, person, `/turns/${turnId}/events`, { headers })).status).toBe(404)
})

it('stops no turn when its reader leaves, and ends with the sign-in', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id } = live.holder.open(person.id)
  const turnId = live.holder.begin(id)
  live.holder.say(id, started(turnId))
  const [leaving, staying] = [
    await Events.open(live, person, `/turns/${turnId}/events`),
    await Events.open(live, person, `/turns/${turnId}/events`),
  ]
  await waitFor(() => leaving.events.length === 1 && staying.events.length === 1)
  leaving.leave()
  live.holder.say(id, delta(turnId, 0, 'on'))
  await waitFor(() => staying.events.length === 2)
  expect(live.holder.asked.map(one => one.name)).not.toContain(chat.calls.cancelTurn.name)
  const headers = { authorization: `Bearer ${person.token}` }
  await fetch(`${live.url}/api/v1/auth/logout`, { method: 'POST', headers })
  await staying.whole()
  expect(staying.types().at(-1)).toBe('error')
})
