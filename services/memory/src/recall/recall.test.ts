import { estimateTokens } from '@luna/models'
import { plainTokens } from '@luna/service'
import { describe, expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'
import { type DatedText, pack } from './pack.ts'
import { readQuery } from './read-query.ts'
import { type Corpus, floor, rate } from './score.ts'

const saidAt = new Date('2026-05-03T10:00:00Z')
const line = (
  messageId: string,
  parentId: string | null,
  speaker: 'person' | 'character',
  text: string,
): DatedText => ({
  messageId,
  parentId,
  speaker,
  text,
  saidAt,
  terms: plainTokens(text),
})

const talk = [
  line('1', null, 'person', 'My brother Jonas plays the cello.'),
  line('2', '1', 'character', 'Lovely.'),
  line('3', '2', 'character', 'Which city did you grow up in?'),
  line('4', '3', 'person', 'Hamburg, near the harbour.'),
  line('5', '4', 'person', 'I tell you, tell me what you can tell.'),
]

function corpusOf(texts: readonly DatedText[]): Corpus {
  const occurrences = new Map<string, number>()
  for (const text of texts)
    for (const term of new Set(text.terms)) occurrences.set(term, (occurrences.get(term) ?? 0) + 1)
  const words = texts.reduce((sum, text) => sum + text.terms.length, 0)
  return { messages: texts.length, averageWords: words / texts.length, occurrences }
}

const ask = (query: string, texts = talk) => rate(readQuery(query), texts, corpusOf(texts))

describe('the words of a question', () => {
  test('are folded and stemmed, each once, without stop words', () => {
    expect(readQuery('Where is my brothers’ café, the BROTHER’s café?')).toEqual([
      { term: 'brother', plain: 'brothers' },
      { term: 'cafe', plain: 'cafe' },
    ])
  })

  test('are none when there are only stop words or nothing', () => {
    expect([readQuery('and so it was'), readQuery('?!'), readQuery('')]).toEqual([[], [], []])
  })
})

describe('the rating', () => {
  test('puts the text with the rarest of the words first', () => {
    expect(ask('what does Jonas play?')[0]?.text.messageId).toBe('1')
  })

  test('finds an answer by the words of its question, and nothing beside a statement', () => {
    const rated = ask('where did I grow up, which city?')
    const scores = new Map(rated.map(({ text, score }) => [text.messageId, score]))
    expect(scores.get('4')).toBeGreaterThan(floor)
    expect(ask('Jonas cello').find(({ text }) => text.messageId === '2')?.score).toBe(0)
  })

  test('leaves a word that everything says under the floor', () => {
    const chatter = Array.from({ length: 200 }, (_, n) => line(`c${n}`, null, 'person', `tell me number ${n}`))
    expect(ask('tell', [...talk, ...chatter]).every(({ score }) => score < floor)).toBe(true)
  })
})

describe('packing', () => {
  const options = { tokenBudget: 1_000, limit: 20, except: new Set<string>() }

  test('says which words were found, who spoke and when', () => {
    expect(pack(ask('does Jonas still play cello?'), options).items[0]).toMatchObject({
      messageId: '1',
      text: 'My brother Jonas plays the cello.',
      why: ['words: jonas, play, cello', 'said by the person', 'on 2026-05-03'],
    })
  })

  test('keeps within budget and limit, and says what was cut', () => {
    const many = Array.from({ length: 10 }, (_, n) => line(`j${n}`, null, 'person', `Jonas bought cello number ${n}.`))
    const rated = ask('Jonas cello', many)
    const few = pack(rated, { ...options, limit: 3 })
    expect(few.items).toHaveLength(3)
    expect(few.cut[0]?.what).toBe('memory')
    const tight = pack(rated, { ...options, tokenBudget: 50 })
    expect(tight.items.reduce((sum, item) => sum + estimateTokens(item.text) + 12, 0)).toBeLessThanOrEqual(50)
    expect(pack(rated, { ...options, tokenBudget: 0 }).items).toEqual([])
  })

  test('gives a text that was said twice once, and what is in the prompt not at all', () => {
    const twice = [line('a', null, 'person', 'Jonas is here'), line('b', null, 'person', 'jonas IS here')]
    expect(pack(ask('Jonas', twice), options).items).toHaveLength(1)
    expect(pack(ask('Jonas cello'), { ...options, except: new Set(['1']) }).items).toEqual([])
  })
})

describe('an excerpt', () => {
  const long = Array.from({ length: 300 }, (_, n) => `Sentence ${n} is about nothing.`)
  long[150] = 'The treasure lies under the oak.'

  test('of a long text is the part around the word that was found', () => {
    const part = excerpt(long.join(' '), new Set(['treasur']), 100)
    expect(part).toContain('The treasure lies under the oak.')
    expect(part).toMatch(/^… .* …$/s)
    expect(estimateTokens(part)).toBeLessThanOrEqual(104)
  })

  test('of one endless sentence is cut between characters', () => {
    const part = excerpt('🌙'.repeat(5_000), new Set(), 100)
    expect(estimateTokens(part)).toBeLessThanOrEqual(104)
    expect(part).not.toMatch(/\p{Surrogate}/u)
  })

  test('of a short text is the text', () => {
    expect(excerpt('Short.', new Set(), 100)).toBe('Short.')
  })
})
