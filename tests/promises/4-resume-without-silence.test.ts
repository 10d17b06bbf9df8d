import { randomUUID } from 'node:crypto'
import { isTurnEnd, uuidv7 } from '@luna/client'
import type { ServerFrame } from '@luna/contracts'
import { expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { shownText } from '../kit/fold.ts'
import { type LiveSocket, signIn } from '../kit/live-socket.ts'
import { describeBoth } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { ask, say, storedText } from '../kit/talk.ts'

type Turn = Extract<ServerFrame, { turnId: string; cursor: string }>

const framesOf = ({ frames }: LiveSocket, turnId: string): Turn[] =>
  frames.filter((frame): frame is Turn => 'cursor' in frame && 'turnId' in frame && frame.turnId === turnId)

/** Without what is said to the person at large, which has no place in the order. */
const typesOf = ({ frames }: LiveSocket) => frames.map(({ type }) => type).filter(type => type !== 'changed')

await describeBoth('after a cut, every later frame in order or a snapshot', {}, system => {
  /** A talk that a second socket watches without a break. */
  async function begin(tokens: number) {
    const { luna, model } = system
    const person = await signUp(luna.url)
    const watcher = await signIn(luna.url, person.token)
    const question = `Slowly, please. ${uuidv7()}`
    onMessage(model, question, { tokens, tokensPerSecond: 50 })
    const said = await say(watcher, question)
    return { ...person, ...said, watcher }
  }

  const resume = async (token: string, conversationId: string, after: string): Promise<LiveSocket> => {
    const socket = await signIn(system.luna.url, token)
    socket.send({ type: 'subscribe', conversationId, after })
    return socket
  }

  test('cut after every frame while the answer is written', async () => {
    const { token, conversationId, turnId, watcher } = await begin(40)
    const seen: Turn[] = [await firstFrame(watcher, turnId)]
    let cuts = 0
    for (let last = seen[0]; last && !isTurnEnd(last); last = seen.at(-1)) {
      const { cursor } = last
      const socket = await resume(token, conversationId, cursor)
      const frame = await socket.find((found): found is Turn => 'turnId' in found && 'cursor' in found)
      await socket.cut()
      expect(typesOf(socket).slice(0, 2)).toEqual(['ready', 'subscribed'])
      seen.push(frame)
      cuts += 1
    }

    const end = await watcher.end(turnId)
    const whole = framesOf(watcher, turnId)
    expect(seen).toEqual(whole.slice(whole.findIndex(({ cursor }) => cursor === seen[0]?.cursor)))
    expect(shownText(seen, turnId)).toBe(storedText(end))
    expect(cuts).toBeGreaterThan(10)
    await watcher.close()
  })

  test('from every cursor of a turn that has ended', async () => {
    const { token, conversationId, turnId, watcher } = await begin(15)
    await watcher.end(turnId)
    const whole = framesOf(watcher, turnId)
    const socket = await signIn(system.luna.url, token)

    for (const [index, { cursor }] of whole.slice(0, -1).entries()) {
      const before = socket.frames.length
      socket.send({ type: 'subscribe', conversationId, after: cursor })
      await socket.find(frame => isTurnEnd(frame) && socket.frames.indexOf(frame) >= before)
      const [answer, ...later] = socket.frames.slice(before).filter(({ type }) => type !== 'changed')
      expect(answer).toMatchObject({ type: 'subscribed', cursor, recovered: true })
      expect(later).toEqual(whole.slice(index + 1))
      socket.send({ type: 'unsubscribe', conversationId })
    }
    await Promise.all([socket.close(), watcher.close()])
  })

  test('a place that is no longer kept gives a snapshot', async () => {
    const { token, client, conversationId, turnId, watcher } = await begin(5)
    const end = await watcher.end(turnId)
    const [first] = framesOf(watcher, turnId)
    const tag = first?.cursor.split('.').at(-1)

    for (const lost of [`0.1.${tag}`, `0.999999.${tag}`, `900.1.${tag}`]) {
      const socket = await resume(token, conversationId, lost)
      const answer = await socket.next('snapshot')
      expect(answer).toMatchObject({ conversationId, turn: null })
      expect(answer.messages.map(({ text }) => text)).toEqual(
        (await client.conversations.messages(conversationId)).items.map(({ text }) => text),
      )
      expect(answer.messages.at(-1)?.text).toBe(storedText(end))
      await socket.close()
    }
    await watcher.close()
  })

  test('a cursor of another conversation, somebody else’s or none at all is not found, and nothing follows', async () => {
    const mine = await begin(5)
    await mine.watcher.end(mine.turnId)
    const stranger = await signUp(system.luna.url)
    const other = await ask(await signIn(system.luna.url, stranger.token), 'Something of my own')
    const foreign = framesOf(mine.watcher, mine.turnId)[0]?.cursor ?? ''

    const cases: [string, string][] = [
      [other.conversationId, foreign],
      [mine.conversationId, foreign],
      [mine.conversationId, `0.1.${foreign.split('.').at(-1)}`],
      [randomUUID(), foreign],
      [other.conversationId, 'no cursor'],
    ]
    for (const [conversationId, after] of cases) {
      const socket = await resume(stranger.token, conversationId, after)
      const { error } = await socket.next('error', frame => frame.id === conversationId)
      socket.send({ type: 'ping' })
      await socket.next('pong')
      expect(error).toMatchObject({ code: 'not-found', retryable: false })
      expect(typesOf(socket)).toEqual(['ready', 'error', 'pong'])
      await socket.close()
    }
    await mine.watcher.close()
  })
})

const firstFrame = (socket: LiveSocket, turnId: string): Promise<Turn> =>
  socket.find((frame): frame is Turn => 'cursor' in frame && 'turnId' in frame && frame.turnId === turnId)
