import { uuidv7 } from '@luna/client'
import type { ServerFrame } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { shownText } from '../kit/fold.ts'
import { signIn } from '../kit/live-socket.ts'
import { describeDistributed } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { rest } from '../kit/rest.ts'
import { ask, say, storedText } from '../kit/talk.ts'

const sentence = (at: number) =>
  `Sentence number ${at} is about the garden, the weather and the long way home in the evening. `
const sentences = Array.from({ length: 24 }, (_, at) => sentence(at))
const answer = { tokens: sentences.flatMap(one => one.split(/(?<= )/)), tokensPerSecond: 300 }

await describeDistributed('strict mode', { env: { LUNA_MIN_AGE: '13', LUNA_LIMITS: 'off' } }, system => {
  async function minor() {
    const person = await signUp(system.luna.url)
    const birthYear = new Date().getUTCFullYear() - 15
    await rest(system.luna.url, 'PATCH', 'me', { token: person.token, body: { birthYear } })
    return signIn(system.luna.url, person.token)
  }

  test('an answer to a minor is shown whole while moderation lives, and nothing sexual is', async () => {
    const socket = await minor()
    onMessage(system.model, 'Tell me of the garden.', answer)
    const { end, shown } = await ask(socket, 'Tell me of the garden.')
    expect(end.type).toBe('turn.completed')
    expect(shown).toBe(sentences.join(''))
    onMessage(system.model, 'And now?', { text: 'Of course. Now suck my cock and lick my pussy, she moaned.' })
    const other = await ask(socket, 'And now?')
    expect(JSON.stringify(socket.frames)).not.toContain('suck')
    expect(storedText(other.end)).not.toContain('moaned')
    await socket.close()
  })

  test('moderation killed at random moments: no character that it had not judged reaches the client', async () => {
    const socket = await minor()
    const moderation = system.luna.process('moderation')
    const cut: number[] = []
    for (const pauseAfter of [0, 4]) {
      const question = `Tell me. ${uuidv7()}`
      onMessage(system.model, question, answer)
      const said = await say(socket, question)
      const deltas = () =>
        socket.frames.filter(frame => frame.type === 'turn.delta' && frame.turnId === said.turnId).length
      await waitFor(() => deltas() >= pauseAfter || ended(socket.frames, said.turnId), { timeoutMs: 15_000 })
      await moderation.kill()
      const atDeath = shownText(socket.frames, said.turnId).length
      const end = await socket.end(said.turnId)
      const shown = shownText(socket.frames, said.turnId)
      cut.push(shown.length)
      // Verdicts that were on their way may still arrive: at most one window, of whole sentences.
      expect(shown.length - atDeath).toBeLessThanOrEqual(800)
      expect(sentences.join('').startsWith(shown)).toBe(true)
      expect(shown === '' || shown.endsWith('. ') || shown.endsWith('.')).toBe(true)
      expect(end).toMatchObject({ type: 'turn.failed', error: { code: 'moderation-unavailable' } })
      const next = await ask(socket, `And? ${uuidv7()}`)
      expect(next.end).toMatchObject({ type: 'turn.failed', error: { code: 'moderation-unavailable' } })
      expect(next.shown).toBe('')
      await moderation.restart()
    }
    process.stdout.write(
      `strict: moderation killed ${cut.length} times, shown before ${cut.join(', ')} of ${sentences.join('').length} units\n`,
    )
    await socket.close()
  }, 120_000)

  test('adults go on in guarded mode without it, and their receipts say so', async () => {
    const moderation = system.luna.process('moderation')
    const { token } = await signUp(system.luna.url)
    const socket = await signIn(system.luna.url, token)
    await moderation.kill()
    const { end } = await ask(socket, 'Good evening.')
    expect(end).toMatchObject({ type: 'turn.completed', receipt: { degraded: expect.arrayContaining(['moderation']) } })
    await moderation.restart()
    await socket.close()
  })
})

const ended = (frames: readonly ServerFrame[], turnId: string): boolean =>
  frames.some(frame => (frame.type === 'turn.failed' || frame.type === 'turn.completed') && frame.turnId === turnId)
