import { uuidv7 } from '@luna/client'
import type { FakeAnswer, FakeModel } from '@luna/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { storedTurns } from '../kit/database.ts'
import { signIn } from '../kit/live-socket.ts'
import { useLuna } from '../kit/luna.ts'
import { type Person, signUp } from '../kit/people.ts'
import { ask } from '../kit/talk.ts'

const providers = (model: FakeModel) => ({
  LUNA_PROVIDERS: JSON.stringify([
    { name: 'fake', baseURL: model.url, apiKey: 'a-key-of-tests', models: { chat: 'fake-chat' }, firstTokenMs: 700 },
  ]),
})

/** Faults that leave no answer. */
const hopeless: Record<string, FakeAnswer> = {
  'a wrong key (401)': { fault: { kind: 'status', status: 401 } },
  'too many requests (429)': { fault: { kind: 'status', status: 429, retryAfter: 0 } },
  'its own failure (500)': { fault: { kind: 'status', status: 500 } },
  'silence instead of headers': { fault: { kind: 'hang', after: 'headers' } },
  'silence before the first token': { fault: { kind: 'hang', after: 0 } },
  'a web page': { fault: { kind: 'html' } },
  'an end in the middle': { tokens: 20, fault: { kind: 'end', after: 7 } },
  'a close in the middle': { tokens: 20, fault: { kind: 'close', after: 7 } },
  'a reset in the middle': { tokens: 20, fault: { kind: 'reset', after: 7 } },
  'an error inside the stream': { tokens: 20, fault: { kind: 'error-event', after: 7 } },
  'a line that never ends': { tokens: 20, fault: { kind: 'endless-line', after: 3 } },
}

describe('a provider in trouble', () => {
  const system = useLuna({ topology: 'embedded', envOf: providers })
  let person: Person

  beforeAll(async () => {
    person = await signUp(system.luna.url)
  })

  test.each(Object.entries(hopeless))(
    '%s: one failed end, nothing half-stored, the next message is answered',
    async (_, answer) => {
      const socket = await signIn(system.luna.url, person.token)
      const question = `Tell me. ${uuidv7()}`
      onMessage(system.model, question, answer)

      const { end, conversationId } = await ask(socket, question)

      expect(end.type).toBe('turn.failed')
      const error = end.type === 'turn.failed' ? end.error : null
      expect(['provider-failed', 'timeout', 'rate-limited', 'unavailable']).toContain(error?.code)
      expect(error?.message).toMatch(/\w{3,}.*\./)
      expect(`${error?.message}${JSON.stringify(error?.details ?? {})}`).not.toContain('a-key-of-tests')
      const { items } = await person.client.conversations.messages(conversationId)
      expect(items.map(({ role }) => role)).toEqual(['user'])
      expect(await storedTurns(system.luna, conversationId)).toMatchObject([{ state: 'failed', answers: 0 }])

      const next = `And now? ${uuidv7()}`
      onMessage(system.model, next, { text: 'Here I am again.' })
      const after = await ask(socket, next, { conversationId })
      expect(after.end.type).toBe('turn.completed')
      expect(after.shown).toBe('Here I am again.')
      await socket.close()
    },
  )

  test('bytes that are no UTF-8: never an answer that differs from what was shown', async () => {
    const socket = await signIn(system.luna.url, person.token)
    const question = `Tell me. ${uuidv7()}`
    onMessage(system.model, question, { tokens: 20, fault: { kind: 'bad-utf8', after: 7 } })
    const { end, shown, conversationId } = await ask(socket, question)
    const { items } = await person.client.conversations.messages(conversationId)
    expect(items.slice(1).map(({ text }) => text)).toEqual(end.type === 'turn.completed' ? [shown] : [])
    expect(items.at(-1)?.text).not.toContain('\ufffd')
    await socket.close()
  })

  test('an endless answer is ended', async () => {
    const socket = await signIn(system.luna.url, person.token)
    const question = `Tell me. ${uuidv7()}`
    onMessage(system.model, question, { fault: { kind: 'endless' } })
    const { end } = await ask(socket, question)
    expect(['turn.completed', 'turn.failed']).toContain(end.type)
    await socket.close()
  })

  test('no key of a provider is in the logs', () => {
    expect(system.luna.output()).not.toContain('a-key-of-tests')
  })
})
