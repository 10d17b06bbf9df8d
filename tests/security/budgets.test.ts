import { uuidv7 } from '@luna/client'
import { describe, expect, test } from 'vitest'
import { storedTurns } from '../kit/database.ts'
import { signIn } from '../kit/live-socket.ts'
import { useLuna } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { ask } from '../kit/talk.ts'

describe('20: budgets hold', () => {
  const system = useLuna({ topology: 'embedded', env: { LUNA_CONTEXT_TOKENS: '4000', LUNA_ANSWER_TOKENS: '500' } })

  test('however much was written before, a prompt stays within its budget and the receipt says what was cut', async () => {
    const socket = await signIn(system.luna.url, (await signUp(system.luna.url)).token)
    const long = await ask(socket, 'word '.repeat(6_000))
    const { conversationId } = long
    const question = `And then? ${uuidv7()}`
    const short = await ask(socket, question, { conversationId })
    const prompts = system.model.requests.filter(({ userText }) => /^(word word|And then)/.test(userText ?? ''))
    expect(prompts).toHaveLength(2)
    for (const { body } of prompts)
      expect(JSON.stringify(body.messages).match(/word/g)?.length ?? 0).toBeLessThan(3_500)
    const receipts = [long, short].flatMap(({ end }) => (end.type === 'turn.completed' ? [end.receipt] : []))
    expect(receipts.map(({ promptTokens }) => promptTokens <= 3_500)).toEqual([true, true])
    expect(receipts[0]?.cut.find(({ what }) => what === 'message')?.tokens).toBeGreaterThan(2_000)
    expect(receipts[1]?.cut.length).toBeGreaterThan(0)
    await socket.close()
  })

  test('50 turns at once each end once, and 0 of their 50 canaries are in the logs', async () => {
    const socket = await signIn(system.luna.url, (await signUp(system.luna.url)).token)
    const canaries = Array.from({ length: 50 }, () => `canary-${uuidv7()}`)
    const turns = await Promise.all(canaries.map(canary => ask(socket, `Keep this to yourself: ${canary}`)))
    for (const { end, conversationId } of turns) {
      expect(end.type).toBe('turn.completed')
      expect(await storedTurns(system.luna, conversationId)).toMatchObject([{ answers: 1, attempt: 1 }])
    }
    expect(canaries.filter(canary => system.luna.output().includes(canary))).toEqual([])
    await socket.close()
  })
})
