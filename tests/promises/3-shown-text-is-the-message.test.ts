import { isTurnEnd, uuidv7 } from '@luna/client'
import { type FakeAnswer, type FakeModel, startFakeModel } from '@luna/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { shownText } from '../kit/fold.ts'
import { type LiveSocket, signIn } from '../kit/live-socket.ts'
import { describeBoth, useLuna } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { ask, storedText } from '../kit/talk.ts'

/** The local policy replaces the first from there on, and takes back all of an answer with the second. */
const replaced = 'Nobody likes you.'
const blocked = 'All refugees should be hanged.'
const beginning = 'Let me think about this with some care. '.repeat(4)
const words = (text: string): string[] => text.split(/(?<= )/)

const scripted: Record<string, FakeAnswer> = {
  plain: { text: 'A short answer.' },
  'as fast as it goes': { tokens: 500 },
  'one frame a token': { tokens: 30, tokensPerSecond: 60 },
  'cut inside of characters': { text: 'Grüße 🌙 и привет', splitBytes: 1 },
  'replaced in its first words': { tokens: words(`${replaced} Truly.`), tokensPerSecond: 40 },
  'replaced after a long beginning': { tokens: words(`${beginning}${replaced} Truly.`), tokensPerSecond: 80 },
  'blocked after a long beginning': { tokens: words(`${beginning}${blocked} Truly.`), tokensPerSecond: 80 },
}

await describeBoth('the deltas of the last attempt less what was withdrawn are the message', {}, system => {
  test.each(Object.entries(scripted))('%s', async (_, answer) => {
    const { token, client } = await signUp(system.luna.url)
    const socket = await signIn(system.luna.url, token)
    const question = `A question. ${uuidv7()}`
    onMessage(system.model, question, answer)

    const { end, shown, conversationId } = await ask(socket, question)

    const stored = (await client.conversations.messages(conversationId)).items.at(-1)
    expect(end.type).toBe('turn.completed')
    expect(shown).toBe(storedText(end))
    expect(stored?.text).toBe(shown)
    await socket.close()
  })

  test('what was shown and taken back is said to be withdrawn, and stands nowhere', async () => {
    const { token, client } = await signUp(system.luna.url)
    const socket = await signIn(system.luna.url, token)
    const question = `A question. ${uuidv7()}`
    onMessage(system.model, question, scripted['blocked after a long beginning'] ?? {})

    const { end, shown, conversationId, turnId } = await ask(socket, question)

    const ofTurn = socket.frames.filter(frame => 'turnId' in frame && frame.turnId === turnId)
    const withdrawal = ofTurn.findIndex(frame => frame.type === 'turn.replaced')
    expect(shownText(ofTurn.slice(0, withdrawal), turnId)).toContain('Let me think')
    expect(end).toMatchObject({ receipt: { safety: { withdrawn: true } } })
    expect(shown).not.toBe('')
    for (const text of [shown, JSON.stringify(await client.conversations.messages(conversationId))]) {
      expect(text).not.toContain('Let me think')
      expect(text).not.toContain('hanged')
    }
    await socket.close()
  })
})

describe('when the provider is lost after text was shown', () => {
  let second: FakeModel
  const system = useLuna({ topology: 'embedded', env: {} })
  let socket: LiveSocket
  beforeAll(async () => {
    second = await startFakeModel()
  })
  afterAll(async () => {
    await socket?.close()
    await second.stop()
  })

  test('the answer of the next attempt stands alone', async () => {
    const { token } = await signUp(system.luna.url)
    socket = await signIn(system.luna.url, token)
    const question = `A question. ${uuidv7()}`
    onMessage(
      system.model,
      question,
      { tokens: 40, tokensPerSecond: 80, fault: { kind: 'close', after: 12 } },
      { text: 'From the beginning, and to the end.' },
    )

    const { end, shown, turnId } = await ask(socket, question)

    expect(end).toMatchObject({ type: 'turn.completed', attempt: 2 })
    expect(storedText(end)).toBe('From the beginning, and to the end.')
    expect(shown).toBe(storedText(end))
    const attempts = socket.frames.flatMap(frame => (frame.type === 'turn.started' ? [frame.attempt] : []))
    expect(attempts).toEqual([1, 2])
    expect(
      shownText(
        socket.frames.filter(frame => !('attempt' in frame) || frame.attempt === 1),
        turnId,
      ),
    ).not.toBe('')
    expect(socket.frames.filter(isTurnEnd)).toHaveLength(1)
  })
})
