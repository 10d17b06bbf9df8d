import { uuidv7 } from '@luna/client'
import { expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { storedTurns } from '../kit/database.ts'
import { type LiveSocket, signIn } from '../kit/live-socket.ts'
import { describeDistributed } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { ask, say } from '../kit/talk.ts'

const slow = { tokens: 60, tokensPerSecond: 60 }

await describeDistributed('the same id is one turn', { replicas: { gateway: 2 } }, system => {
  const callsFor = (text: string) =>
    system.model.requests.filter(request => request.body.stream && request.userText === text).length

  test('sent twice at once to two gateways, then after a lost connection, and over REST', async () => {
    const [here = '', there = ''] = system.luna.urls
    const { token, client } = await signUp(here)
    const [one, other] = await Promise.all([signIn(here, token), signIn(there, token)])
    const id = uuidv7()
    const text = `Once, please. ${id}`
    onMessage(system.model, text, slow)

    const first = await Promise.all([say(one, text, { id }), say(other, text, { id })])
    await one.cut()
    const again = await signIn(there, token)
    const afterCut = await say(again, text, { id })
    await other.end(afterCut.turnId)
    const afterEnd = await say(again, text, { id, conversationId: afterCut.conversationId })
    const overRest = await client.conversations.submit(afterCut.conversationId, { id, text })

    const turnIds = [...first, afterCut, afterEnd, overRest].map(({ turnId }) => turnId)
    expect(new Set(turnIds).size).toBe(1)
    const { items } = await client.conversations.messages(afterCut.conversationId)
    expect(items.map(({ role }) => role)).toEqual(['user', 'assistant'])
    expect((await client.conversations.list()).items).toHaveLength(1)
    expect(await storedTurns(system.luna, afterCut.conversationId)).toMatchObject([{ answers: 1, attempt: 1 }])
    expect(callsFor(text)).toBe(1)
    await Promise.all([other.close(), again.close()])
  })

  test('with other text, or in another conversation, it is a conflict and changes nothing', async () => {
    const { token, client } = await signUp(system.luna.url)
    const socket = await signIn(system.luna.url, token)
    const elsewhere = await client.conversations.create()
    const first = await ask(socket, 'The first text')

    const refusal = async (text: string, conversationId: string) => {
      const other: LiveSocket = await signIn(system.luna.urls[1] ?? '', token)
      other.send({ type: 'send', id: first.id, text, conversationId })
      const { error } = await other.next('error', frame => frame.id === first.id)
      await other.close()
      return error
    }
    expect(await refusal('Another text', first.conversationId)).toMatchObject({ code: 'conflict', retryable: false })
    expect(await refusal('The first text', elsewhere.id)).toMatchObject({ code: 'conflict' })
    expect((await client.conversations.messages(first.conversationId)).items).toHaveLength(2)
    expect((await client.conversations.messages(elsewhere.id)).items).toHaveLength(0)
    await socket.close()
  })
})
