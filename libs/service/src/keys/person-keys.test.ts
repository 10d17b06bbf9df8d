import { LunaError } from '@luna/contracts'
import { describe, expect, it } from 'vitest'
import { personKeyFrom } from './person-key.ts'
import { createPersonKeys } from './person-keys.ts'
import { generateDataKey } from './sealing.ts'

describe('a person key', () => {
  const bytes = generateDataKey()
  const key = personKeyFrom(bytes)

  it('seals text and JSON', () => {
    expect(key.open(key.seal('Grüße 🌙', 'a'), 'a')).toBe('Grüße 🌙')
    expect(key.openJson(key.sealJson({ list: [1, null, 'x'] }, 'a'), 'a')).toEqual({ list: [1, null, 'x'] })
    expect(() => key.sealJson(undefined, 'a')).toThrow(/Only JSON/)
  })

  it('has tokens that equal words share under one key, and none across keys', () => {
    expect(key.tokens('Walking walks')[0]).toBe(key.tokens('walked')[0])
    expect(personKeyFrom(bytes).tokens('walk')).toEqual(key.tokens('walk'))
    expect(personKeyFrom(generateDataKey()).tokens('walk')).not.toEqual(key.tokens('walk'))
    expect(key.tokens('walk')[0]).toMatch(/^[A-Za-z0-9_-]{12}$/)
  })

  it('shows no word in vector or query', () => {
    expect(key.tsvector('the secret word')).not.toMatch(/secret|word/)
    expect(key.tsquery('secret "the word"')).not.toMatch(/secret|word/)
  })
})

function setUp(max = 10) {
  let now = 0
  const asked: string[] = []
  const answers: ((bytes: Uint8Array | Error) => void)[] = []
  const keys = createPersonKeys({
    ttlMs: 1000,
    max,
    clock: { elapsed: () => now },
    fetchKey: personId =>
      new Promise((resolve, reject) => {
        asked.push(personId)
        answers.push(answer => (answer instanceof Error ? reject(answer) : resolve(answer)))
      }),
  })
  const of = async (personId: string, answer: Uint8Array | Error = generateDataKey()) => {
    const before = asked.length
    const key = keys.of(personId)
    await Promise.resolve().then(() => undefined)
    if (asked.length > before) answers.at(-1)?.(answer)
    return key
  }
  return { keys, of, asked, answers, pass: (ms: number) => void (now += ms) }
}

describe('the cache of person keys', () => {
  it('asks once for all who wait', async () => {
    const { keys, asked, answers } = setUp()
    const waiting = [keys.of('a'), keys.of('a'), keys.of('a')]
    await Promise.resolve()
    answers[0]?.(generateDataKey())
    const [first, ...others] = await Promise.all(waiting)
    for (const other of others) expect(other).toBe(first)
    expect(asked).toEqual(['a'])
  })

  it('keeps a key until its time is over', async () => {
    const { of, asked, pass } = setUp()
    const key = await of('a')
    pass(999)
    expect(await of('a')).toBe(key)
    pass(2)
    expect(await of('a')).not.toBe(key)
    expect(asked).toEqual(['a', 'a'])
  })

  it('lets the least recently used go', async () => {
    const { of, asked } = setUp(2)
    for (const person of ['a', 'b', 'a', 'c', 'a', 'b']) await of(person)
    expect(asked).toEqual(['a', 'b', 'c', 'b'])
  })

  it('does not remember a failure', async () => {
    const { of } = setUp()
    await expect(of('a', new LunaError('not-found', 'No such person.'))).rejects.toThrow('No such person.')
    await expect(of('a')).resolves.toBeDefined()
  })

  it('refuses a key of the wrong size and asks again', async () => {
    const { of } = setUp()
    await expect(of('a', new Uint8Array(3))).rejects.toThrow(/found 3/)
    await expect(of('a')).resolves.toBeDefined()
  })

  it('drops a key, and one that is still on its way', async () => {
    const { keys, of, asked, answers } = setUp()
    await of('a')
    keys.drop('a')
    const late = keys.of('a')
    await Promise.resolve()
    keys.drop('a')
    answers[1]?.(generateDataKey())
    await late
    await of('a')
    expect(asked).toEqual(['a', 'a', 'a'])
  })
})
