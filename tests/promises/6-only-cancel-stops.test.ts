import { uuidv7 } from '@luna/client'
import { type FakeRequest, waitFor } from '@luna/testing'
import { expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { shownText } from '../kit/fold.ts'
import { signIn } from '../kit/live-socket.ts'
import { describeBoth } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { say, storedText } from '../kit/talk.ts'

await describeBoth('only cancel stops a turn', {}, system => {
  async function midAnswer(answer: { tokens: number; tokensPerSecond: number }) {
    const { token, client } = await signUp(system.luna.url)
    const socket = await signIn(system.luna.url, token)
    const question = `At length, please. ${uuidv7()}`
    onMessage(system.model, question, answer)
    const said = await say(socket, question)
    await socket.next('turn.delta', frame => frame.seq >= 2)
    const asked = (): FakeRequest | undefined => system.model.requests.findLast(({ userText }) => userText === question)
    return { ...said, token, client, socket, asked }
  }

  test('closing the socket does not: the whole answer is stored', async () => {
    const { client, socket, turnId, conversationId, asked } = await midAnswer({ tokens: 60, tokensPerSecond: 60 })
    await socket.cut()

    await waitFor(async () => (await client.turns.get(turnId)).state === 'completed', {
      message: 'the end of the turn',
    })

    const answer = (await client.conversations.messages(conversationId)).items.at(-1)
    expect(answer).toMatchObject({ role: 'assistant', status: 'complete' })
    expect(answer?.text).toMatch(/\.59 $/)
    expect(asked()?.state).toBe('finished')
  })

  test('cancel over the socket does: the text so far is kept, the model is told', async () => {
    const { client, socket, turnId, conversationId, asked } = await midAnswer({ tokens: 2_000, tokensPerSecond: 20 })

    socket.send({ type: 'cancel', turnId })
    const end = await socket.end(turnId)

    expect(end).toMatchObject({ type: 'turn.cancelled', message: { status: 'stopped' } })
    expect(storedText(end)).toBe(shownText(socket.frames, turnId))
    expect(storedText(end)).not.toBe('')
    const { items } = await client.conversations.messages(conversationId)
    expect(items.at(-1)?.text).toBe(storedText(end))
    await waitFor(() => asked()?.state === 'aborted', { message: 'the model to be told' })
    await socket.close()
  })

  test('cancel over REST does, also from elsewhere; a stranger’s does not', async () => {
    const { client, socket, turnId } = await midAnswer({ tokens: 2_000, tokensPerSecond: 20 })
    const stranger = await signUp(system.luna.url)
    await expect(stranger.client.turns.cancel(turnId)).rejects.toMatchObject({ code: 'not-found' })
    const shown = socket.frames.length
    await socket.find(frame => frame.type === 'turn.delta' && socket.frames.indexOf(frame) > shown + 5)
    expect((await client.turns.get(turnId)).state).toBe('running')

    await client.turns.cancel(turnId)

    expect(await socket.end(turnId)).toMatchObject({ type: 'turn.cancelled', message: { status: 'stopped' } })
    await socket.close()
  })

  test('a turn that waits for another is cancelled before it begins', async () => {
    const first = await midAnswer({ tokens: 2_000, tokensPerSecond: 20 })
    const { socket, conversationId, client } = first
    const waiting = await say(socket, 'And this too', { conversationId })
    await socket.next('turn.queued', frame => frame.turnId === waiting.turnId)

    socket.send({ type: 'cancel', turnId: waiting.turnId })
    await waitFor(async () => (await client.turns.get(waiting.turnId)).state === 'cancelled', {
      message: 'the waiting turn to be cancelled',
    })
    const end = await socket.end(waiting.turnId)
    expect(end).toMatchObject({ type: 'turn.cancelled', message: null })
    expect((await client.turns.get(first.turnId)).state).toBe('running')
    await client.turns.cancel(first.turnId)
    await socket.end(first.turnId)
    await socket.close()
  })
})
