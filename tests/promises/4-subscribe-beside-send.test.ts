import { uuidv7 } from '@luna/client'
import type { ServerFrame } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { describeBoth } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'

/** A new socket asks for a conversation and writes to it in the same breath: its join races with the turn. */
await describeBoth('a subscribe beside a send', {}, system => {
  test('ends in the message and its end, wherever the two meet', async () => {
    const { luna, model } = system
    const { client } = await signUp(luna.url)
    for (let round = 0; round < 60; round += 1) {
      const question = `Please answer. ${uuidv7()}`
      onMessage(model, question, { tokens: ['Yes'] })
      const conversation = await client.conversations.create()
      const connection = client.connect()
      const frames: ServerFrame[] = []
      connection.on('frame', frame => frames.push(frame))
      const store = client.watch(connection, conversation.id)
      const { turnId, messageId } = await connection.send({ text: question, conversationId: conversation.id }).accepted
      const end = () => {
        if (!store.state.ended[turnId]) throw new Error(frames.map(frame => frame.type).join(' '))
        return true
      }
      await waitFor(end, { message: `the end of turn ${round}` })
      connection.close()
      store.close()

      expect(store.state.ended[turnId]?.end).toBe('completed')
      const accepted = frames.findIndex(frame => frame.type === 'accepted')
      for (const frame of frames.slice(accepted))
        if (frame.type === 'snapshot') expect(frame.messages.map(({ id }) => id)).toContain(messageId)
    }
  })
})
