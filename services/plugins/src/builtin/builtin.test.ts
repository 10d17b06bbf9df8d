import { describe, expect, it } from 'vitest'
import { splitLine } from '../commands/split-line.ts'
import { readManifest } from '../manifest/read-manifest.ts'
import { evaluate } from './calculator/evaluate.ts'
import { builtins } from './index.ts'
import { parseWhen } from './reminder/parse-when.ts'

describe('what ships', () => {
  it('has a manifest that can be read and a function for each of its actions', async () => {
    for (const { manifest, load } of builtins) {
      const read = await readManifest(manifest)
      const { actions } = await load()
      expect(Object.keys(actions).toSorted()).toEqual(read.actions.map(({ name }) => name).toSorted())
    }
  }, 30_000)
})

describe('the calculator', () => {
  it.each([
    ['2 + 3 * 4', 14],
    ['-2 ^ 2', -4],
    ['2 ^ 3 ^ 2', 512],
    ['(1 + 2) * (3 - 4) / 2', -1.5],
    ['sin(30 deg)', 0.5],
    ['5! - 10 % 4', 118],
    ['max(1, sqrt(16), pi)', 4],
    ['1.5e3 × 2', 3_000],
  ])('%s', (text, value) => expect(evaluate(text)).toBeCloseTo(value, 12))

  it.each(['', '1 +', '(1', '1 / 0', 'foo(1)', 'constructor', '__proto__(1)', '2 2', '171!', '('.repeat(200), '1e999'])(
    'refuses %s',
    text => expect(() => evaluate(text)).toThrow(/can not be worked out/),
  )
})

describe('a time that is asked for', () => {
  const now = new Date('2026-11-21T10:00:00Z')
  it.each([
    ['in 10 minutes', 'UTC', '2026-11-21T10:10:00.000Z'],
    ['in an hour', 'UTC', '2026-11-21T11:00:00.000Z'],
    ['18:30', 'Europe/Paris', '2026-11-21T17:30:00.000Z'],
    ['9:00', 'UTC', '2026-11-22T09:00:00.000Z'],
    ['tomorrow 7am', 'Asia/Tokyo', '2026-11-21T22:00:00.000Z'],
    ['friday 8:15', 'UTC', '2026-11-27T08:15:00.000Z'],
    ['2026-12-24 18:00', 'America/New_York', '2026-12-24T23:00:00.000Z'],
    ['2027-03-28T03:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
  ])('%s in %s', (text, zone, iso) => expect(parseWhen(text, now, zone).toISOString()).toBe(iso))

  it.each(['', 'soon', '25:00', 'in 3 fortnights', 'someday'])('refuses %s', text =>
    expect(() => parseWhen(text, now, 'UTC')).toThrow(/not a time/),
  )
})

describe('a line of words', () => {
  it.each([
    ['a "b c" d', ['a', 'b c', 'd']],
    ["it's fine", ["it's", 'fine']],
    ['--name="two words" x\\ y', ['--name=two words', 'x y']],
    ['“curly quotes” «and these»', ['curly quotes', 'and these']],
    ['"left open', ['left open']],
  ])('%s', (line, words) => expect(splitLine(line).map(({ text }) => text)).toEqual(words))
})
