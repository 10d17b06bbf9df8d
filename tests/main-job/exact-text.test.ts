import { uuidv7, visibleItems } from '@luna/client'
import { type FakeAnswer, waitFor } from '@luna/testing'
import { expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { describeBoth } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'

const emoji = 'Moon 🌙, family 👨‍👩‍👧‍👦, flag 🏳️‍🌈, é as e\u0301.'
const code = 'Try this:\n\n```ts\nconst s = `a\\n${1 + 1}`\t// "quoted" \\u00e9\n```\n\n    indented\r\n| a | b |\n'
const rightToLeft = 'שלום עולם, مرحبا بالعالم \u202bmixed\u202c ends here\u200f.'
const long = Array.from({ length: 8_000 }, (_, k) => `w${k}${k % 20 === 0 ? '\n' : ' '}`)

const cases: Record<string, { answer: FakeAnswer; text: string }> = {
  'emoji, cut at every byte': { answer: { text: emoji, splitBytes: 1 }, text: emoji },
  'emoji, a token for each code point': { answer: { tokens: Array.from(emoji) }, text: emoji },
  'emoji, a token for each UTF-16 unit': { answer: { tokens: emoji.split('') }, text: emoji },
  'code blocks and white space': { answer: { text: code, splitBytes: [3, 1, 7] }, text: code },
  'right to left': { answer: { text: rightToLeft, splitBytes: 5 }, text: rightToLeft },
  'white space alone at both ends': { answer: { tokens: ['\n', ' hello', ' ', '\n\n'] }, text: '\n hello \n\n' },
  'one token': { answer: { tokens: ['Yes'] }, text: 'Yes' },
  '8,000 tokens': { answer: { tokens: long }, text: long.join('') },
}

const bytes = (text: string | undefined) => Buffer.from(text ?? '').toString('hex')

await describeBoth('what the model sends is what the person sees', {}, system => {
  test.each(Object.entries(cases))('%s', async (_, { answer, text }) => {
    const { luna, model } = system
    const { client } = await signUp(luna.url)
    const question = `Please answer. ${uuidv7()}`
    onMessage(model, question, answer)
    const conversation = await client.conversations.create()
    const connection = client.connect()
    const store = client.watch(connection, conversation.id)
    let streamed = ''
    store.onChange(() => {
      const turn = visibleItems(store.state).find(item => item.kind === 'turn')
      if (turn?.kind === 'turn') streamed = turn.turn.text
    })
    // Who watches before the turn begins sees every delta of it.
    await waitFor(() => store.state.loaded, { message: 'the first snapshot' })

    const { turnId } = await connection.send({ text: question, conversationId: conversation.id }).accepted
    await waitFor(() => store.state.ended[turnId], { message: 'the end of the turn' })

    const shown = visibleItems(store.state).flatMap(item => (item.kind === 'message' ? [item.message.text] : []))
    const stored = (await client.conversations.messages(conversation.id)).items.at(-1)
    connection.close()
    store.close()
    expect(store.state.ended[turnId]?.end).toBe('completed')
    expect(bytes(stored?.text)).toBe(bytes(text))
    expect(shown.map(bytes)).toEqual([question, text].map(bytes))
    expect(bytes(streamed)).toBe(bytes(text))
  })
})
