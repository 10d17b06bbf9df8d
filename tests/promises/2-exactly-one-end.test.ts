import { isTurnEnd, uuidv7 } from '@luna/client'
import type { LunaProcess } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { storedTurns } from '../kit/database.ts'
import { shownText } from '../kit/fold.ts'
import { type LiveSocket, signIn } from '../kit/live-socket.ts'
import { describeDistributed, type System, useLuna } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { type Said, say, storedText } from '../kit/talk.ts'

/** Slow enough that whatever is done after a few tokens is done in the middle. */
const slow = { tokens: 400, tokensPerSecond: 20 }

async function midAnswer({ model, luna }: System, socket: LiveSocket): Promise<Said & { text: string }> {
  const text = `Tell me a long story. ${uuidv7()}`
  onMessage(model, text, slow, { tokens: 30 })
  const said = await say(socket, text)
  await socket.next('turn.delta', frame => frame.turnId === said.turnId && frame.seq >= 3)
  expect((await storedTurns(luna, said.conversationId))[0]).toMatchObject({ state: 'running', attempt: 1 })
  return { ...said, text }
}

const ends = (socket: LiveSocket, turnId: string) =>
  socket.frames.filter(frame => isTurnEnd(frame) && frame.turnId === turnId)

const cursorOf = (socket: LiveSocket): string | undefined =>
  socket.frames.flatMap(frame => ('cursor' in frame ? [frame.cursor] : [])).at(-1)

await describeDistributed('one end stands', { replicas: { gateway: 2, chat: 2 } }, system => {
  async function holderOf({ conversationId }: Said): Promise<LunaProcess> {
    const holder = (await storedTurns(system.luna, conversationId))[0]?.holder
    const found = system.luna.processes.find(
      ({ name, output }) => name === 'chat' && holder && output().includes(holder),
    )
    if (!found) throw new Error(`No chat process says that it is ${holder}.`)
    return found
  }

  test('when chat is killed in the middle of the answer, another takes the turn up as a higher attempt', async () => {
    const { token, client } = await signUp(system.luna.url)
    const socket = await signIn(system.luna.url, token)
    const said = await midAnswer(system, socket)
    const killed = await holderOf(said)

    await killed.kill()
    const end = await socket.end(said.turnId)

    expect(end).toMatchObject({ type: 'turn.completed' })
    expect(end.attempt).toBeGreaterThan(1)
    const next = await say(socket, 'And another one', { conversationId: said.conversationId })
    await socket.end(next.turnId)
    expect(ends(socket, said.turnId)).toHaveLength(1)
    expect(shownText(socket.frames, said.turnId)).toBe(storedText(end))
    expect(await storedTurns(system.luna, said.conversationId)).toMatchObject([
      { state: 'completed', attempt: end.attempt, answers: 1 },
      { state: 'completed', attempt: 1, answers: 1 },
    ])
    expect((await client.conversations.messages(said.conversationId)).items[1]?.text).toBe(storedText(end))
    await socket.close()
    await killed.restart()
  })

  test('when the gateway is killed, the answer goes on and is read whole at another', async () => {
    const [first, second] = system.luna.processes.filter(({ name }) => name === 'gateway')
    const { token } = await signUp(first?.url ?? '')
    const socket = await signIn(first?.url ?? '', token)
    const text = `Tell me a story. ${uuidv7()}`
    onMessage(system.model, text, { tokens: 60, tokensPerSecond: 30 })
    const said = await say(socket, text)
    await socket.next('turn.delta', frame => frame.seq >= 3)

    await first?.kill()
    await socket.closed
    const resumed = await signIn(second?.url ?? '', token)
    resumed.send({ type: 'subscribe', conversationId: said.conversationId, after: cursorOf(socket) })
    const end = await resumed.end(said.turnId)

    expect(end).toMatchObject({ type: 'turn.completed', attempt: 1 })
    expect(ends(resumed, said.turnId)).toHaveLength(1)
    expect(shownText([...socket.frames, ...resumed.frames], said.turnId)).toBe(storedText(end))
    expect(await storedTurns(system.luna, said.conversationId)).toMatchObject([{ attempt: 1, answers: 1 }])
    await resumed.close()
    await first?.restart()
  })
})

describe('one end stands (embedded)', () => {
  const system = useLuna({ topology: 'embedded', sharedPostgres: false })

  test('when the whole process is killed in the middle of the answer and started again on its data', async () => {
    const { token, client } = await signUp(system.luna.url)
    const socket = await signIn(system.luna.url, token)
    const said = await midAnswer(system, socket)

    await system.luna.process('chat').kill()
    await socket.closed
    await system.luna.process('chat').restart()
    const resumed = await signIn(system.luna.url, token)
    resumed.send({ type: 'subscribe', conversationId: said.conversationId, after: cursorOf(socket) })
    const frame = await resumed.find(
      found => isTurnEnd(found) || (found.type === 'snapshot' && found.turn === null && found.messages.length === 2),
    )

    const turn = await client.turns.get(said.turnId)
    expect(turn).toMatchObject({ state: 'completed' })
    expect(turn.attempt).toBeGreaterThan(1)
    expect(await storedTurns(system.luna, said.conversationId)).toMatchObject([{ state: 'completed', answers: 1 }])
    const answer = (await client.conversations.messages(said.conversationId)).items[1]
    expect(answer).toMatchObject({ role: 'assistant', status: 'complete' })
    expect(frame.type === 'snapshot' ? frame.messages[1]?.text : shownText(resumed.frames, said.turnId)).toBe(
      answer?.text,
    )
    await resumed.close()
  })
})
