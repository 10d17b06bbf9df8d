import { describe, expect, test } from 'vitest'
import { toDocument } from './document.ts'
import { PersonIndex } from './index-of-person.ts'
import { rank } from './rank.ts'
import { closeness, readDates } from './read-dates.ts'
import { readQuestion } from './read-question.ts'

const now = new Date('2026-05-08T10:00:00Z')
const iso = (text: string) =>
  readDates(text, now).map(({ from, to }) => [from, to].map(each => new Date(each).toISOString().slice(0, 10)))

describe('the dates of a question', () => {
  test.each([
    ['on 2026-02-03', [['2026-02-03', '2026-02-04']]],
    ['on 4 October', [['2025-10-04', '2025-10-05']]],
    ['March 5th, 2024', [['2024-03-05', '2024-03-06']]],
    ['in June 2025', [['2025-06-01', '2025-07-01']]],
    ['last spring', [['2025-03-01', '2025-06-01']]],
    ['as of April', [['2026-04-01', '2026-05-01']]],
    ['two weeks ago', [['2026-04-20', '2026-04-27']]],
    ['yesterday', [['2026-05-07', '2026-05-08']]],
    ['may I ask what happened', []],
  ])('%s', (text, spans) => expect(iso(text)).toEqual(spans))

  test('closeness is 1 within and falls with the distance', () => {
    const [span] = readDates('in June 2025', now)
    if (!span) throw new Error('no span')
    expect(closeness(span.from, span)).toBe(1)
    expect(closeness(span.to + 22 * 86_400_000, span)).toBeCloseTo(0.5, 1)
  })
})

describe('a question', () => {
  test('loses stop words and names of those who talk, and knows whom it is about', () => {
    const read = readQuestion('When did Ada paint a sunrise?', now, { person: ['Ada'], character: ['Sol'] })
    expect(read.words.map(({ plain }) => plain)).toEqual(['paint', 'sunrise'])
    expect(read).toMatchObject({ about: 'person', asksWhen: true, asksHowMany: false })
  })

  test('of stop words alone has nothing to look for', () => {
    expect([readQuestion('and so it was', now).words, readQuestion('?!', now).words]).toEqual([[], []])
  })
})

function indexOf(lines: readonly (readonly [string, 'person' | 'character', string])[]): PersonIndex {
  const index = new PersonIndex()
  for (const [place, [id, speaker, text]] of lines.entries())
    index.put(
      toDocument({
        id,
        kind: 'episode',
        session: 's',
        parentId: lines[place - 1]?.[0] ?? null,
        speaker,
        characterId: null,
        at: now.getTime() - (lines.length - place) * 60_000,
        text,
      }),
    )
  return index
}

const talk = [
  ['1', 'person', 'My brother Jonas plays the cello.'],
  ['2', 'character', 'Which city did you grow up in?'],
  ['3', 'person', 'Hamburg, near the harbour.'],
  ['4', 'character', 'I see.'],
  ['5', 'person', 'We went to the mountains.'],
] as const
const ids = (index: PersonIndex, question: string) =>
  rank(index, readQuestion(question, now), { limit: 10 }).map(({ id }) => id)

describe('the ranking', () => {
  const index = indexOf(talk)

  test('puts what has the rare words first, and reads irregular forms', () => {
    expect(ids(index, 'What does Jonas play?')[0]).toBe('1')
    expect(ids(index, 'Who goes to the mountain?')[0]).toBe('5')
  })

  test('finds an answer by the words of its question, and never an empty remark', () => {
    const found = rank(index, readQuestion('In which city did I grow up?', now), { limit: 10 })
    expect(found.find(({ id }) => id === '3')).toMatchObject({ speaks: true, beside: ['city', 'grow'] })
    expect(found.map(({ id }) => id)).not.toContain('4')
  })

  test('a document that changed is found by its new words alone; one that went, by none', () => {
    const changing = indexOf(talk)
    const document = toDocument({ ...base, text: 'My brother Jonas plays the trumpet.' })
    changing.put(document)
    expect(ids(changing, 'cello')).toEqual([])
    expect(ids(changing, 'trumpet')[0]).toBe('1')
    changing.remove('1')
    expect(ids(changing, 'trumpet Jonas')).toEqual([])
    expect([changing.size, changing.wasted]).toEqual([4, 2])
  })

  test('what is hidden is never given', () => {
    const question = readQuestion('What does Jonas play?', now)
    expect(rank(index, question, { limit: 10, hides: ({ id }) => id === '1' }).map(({ id }) => id)).not.toContain('1')
  })
})

const base = {
  id: '1',
  kind: 'episode',
  session: 's',
  parentId: null,
  speaker: 'person',
  characterId: null,
  at: 0,
} as const
