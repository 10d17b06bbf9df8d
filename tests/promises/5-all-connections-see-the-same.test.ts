import { uuidv7 } from '@luna/client'
import type { ServerFrame } from '@luna/contracts'
import { expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { type LiveSocket, signIn } from '../kit/live-socket.ts'
import { describeBoth } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { ask, say } from '../kit/talk.ts'

await describeBoth('all connections of a person see the same turn', { replicas: { gateway: 2 } }, system => {
  test('frame by frame, on every gateway, and nobody else sees any', async () => {
    const [here = '', there = here] = system.luna.urls
    const { token } = await signUp(here)
    const stranger = await signIn(there, (await signUp(here)).token)
    const sockets = await Promise.all([signIn(here, token), signIn(there, token), signIn(here, token)])
    const [writer] = sockets
    const { conversationId } = await ask(writer, 'Good evening')
    for (const socket of sockets.slice(1)) socket.send({ type: 'subscribe', conversationId })
    await Promise.all(sockets.slice(1).map(socket => socket.next('snapshot')))
    stranger.send({ type: 'subscribe', conversationId })
    await stranger.next('error', frame => frame.id === conversationId)

    const question = `And now? ${uuidv7()}`
    onMessage(system.model, question, { tokens: 25, tokensPerSecond: 50 })
    const { turnId } = await say(writer, question, { conversationId })
    await Promise.all(sockets.map(socket => socket.end(turnId)))

    const seen = sockets.map(socket => framesOf(socket, turnId))
    expect(seen[0]?.length).toBeGreaterThan(10)
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
    stranger.send({ type: 'ping' })
    await stranger.next('pong')
    expect(stranger.frames.map(({ type }) => type).filter(type => type !== 'notice')).toEqual([
      'ready',
      'error',
      'pong',
    ])
    await Promise.all([...sockets, stranger].map(socket => socket.close()))
  })
})

const framesOf = (socket: LiveSocket, turnId: string): ServerFrame[] =>
  socket.frames.filter(frame => 'turnId' in frame && 'cursor' in frame && frame.turnId === turnId)
