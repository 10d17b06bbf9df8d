import type { Policy, PolicyAction } from '@luna/contracts'
import { array, assert, constantFrom, integer, property, tuple } from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluateLocal, warmUp } from '../verdict/evaluate-local.ts'
import { createStreamGuard, type StreamGuardOptions } from './guard.ts'

function run(deltas: string[], options: StreamGuardOptions = {}) {
  const guard = createStreamGuard(options)
  let shown = ''
  const shownAfter: string[] = []
  const apply = ({ release, withdraw }: { release: string; withdraw: number | null }) => {
    shown = shown.slice(0, withdraw ?? shown.length) + release
    shownAfter.push(shown)
  }
  for (const delta of deltas) apply(guard.push(delta))
  const end = guard.finish()
  apply(end)
  return { shown, shownAfter, verdict: end.verdict, stopped: end.stopped }
}

const policyOf = (action: PolicyAction): Policy => ({
  version: 1,
  mode: 'guarded',
  actions: Object.fromEntries(
    ['harassment', 'violence', 'illicit', 'sexual', 'personal-data'].map(content => [content, { character: action }]),
  ),
})
const substitute = () => 'Let us talk about something else.'

function cut(text: string, places: number[]): string[] {
  const sorted = places.map(place => place % (text.length + 1)).toSorted((a, b) => a - b)
  return [...sorted, text.length].map((place, index) => text.slice(sorted[index - 1] ?? 0, place))
}

const texts = array(
  constantFrom(
    'Hello there. ',
    'kill yourself',
    ' k y s ',
    'you are a worthless',
    ' piece of shit',
    ' how to ',
    'cook meth',
    ' suck my',
    ' cock',
    '😀',
    '\ud83d',
    '\n',
    'a@b.example',
    ' shut the fuck up',
    'f',
    'u',
    'c',
    'k',
    ' you',
    ' ',
    '.',
    '死',
    'ね',
    'é',
    '\u200b',
    'I will kill you ',
    'ß',
  ),
  { maxLength: 20 },
).map(parts => parts.join(''))

beforeAll(() => warmUp(async () => {}), 60_000)

describe('the stream guard', { timeout: 60_000 }, () => {
  it('shows the same text and gives the same verdict for every way to cut a text', () => {
    for (const action of ['flag', 'mask', 'replace', 'block'] as const)
      for (const holdBack of [240, 6])
        assert(
          property(tuple(texts, array(integer({ min: 0, max: 500 }), { maxLength: 25 })), ([text, places]) => {
            const options = { policy: policyOf(action), holdBack, substitute }
            const whole = run([text], options)
            const cutUp = run(cut(text, places), options)
            expect(cutUp.shown).toBe(whole.shown)
            expect(cutUp.verdict).toEqual(whole.verdict)
            expect(cutUp.stopped).toEqual(whole.stopped)
            expect(run(text.split(''), options).shown).toBe(whole.shown)
          }),
          { numRuns: 100 },
        )
  })

  it('gives the verdict of the whole text where nothing stops it, byte for byte the text where nothing is masked', () => {
    assert(
      property(texts, text => {
        const { shown, verdict } = run(text.split(''), { policy: policyOf('flag') })
        expect(shown).toBe(text)
        expect(verdict).toEqual(evaluateLocal(text, 'character', policyOf('flag')))
      }),
    )
  })

  it('never shows a character of what it masks, replaces or blocks when it fits into what is held back', () => {
    const text = 'Well then. Just kill yourself now. Bye.'
    for (const action of ['mask', 'replace', 'block'] as const) {
      const { shownAfter } = run(text.split(''), { policy: policyOf(action) })
      for (const shown of shownAfter) expect(shown).not.toMatch(/\bk(?:i|$)/)
    }
  })

  it('masks the span, replaces the rest, blocks it all', () => {
    const text = 'Hello. Just kill yourself now.'
    const shown = (action: PolicyAction) => run([text], { policy: policyOf(action), substitute }).shown
    expect(shown('mask')).toBe('Hello. Just […] now.')
    expect(shown('replace')).toBe('Hello. Just Let us talk about something else.')
    expect(shown('block')).toBe('Let us talk about something else.')
    expect(shown('flag')).toBe(text)
  })

  it('withdraws what was already shown of a match longer than what may be held', () => {
    const guard = createStreamGuard({ policy: policyOf('replace'), holdBack: 3, substitute })
    expect(guard.push('Oh, kill yours')).toEqual({ release: 'Oh, kill yo', withdraw: null, stopped: null })
    expect(guard.push('elf.')).toMatchObject({ release: substitute(), withdraw: 4, stopped: { action: 'replace' } })
    expect(guard.push('more')).toMatchObject({ release: '', withdraw: null })
  })

  it('finds personal data at the end and withdraws it', () =>
    expect(run(['mail anna', '@exam', 'ple.org or call'], { policy: policyOf('mask') }).shown).toBe('mail […] or call'))

  it('releases harmless text at once', () => {
    const text =
      'Good morning! It is lovely to see you again. What would you like to do with this rainy day?\n\nWe might read, or bake bread 🍞 and talk about your garden.'
    const deltas = text.match(/\s?\S+|\s+/gu) ?? []
    const guard = createStreamGuard()
    expect(guard.push(deltas[0] ?? '').release).toBe(deltas[0])
    let [given, shown, waited, longest] = [deltas[0]?.length ?? 0, deltas[0]?.length ?? 0, 0, 0]
    for (const delta of deltas.slice(1)) {
      given += delta.length
      shown += guard.push(delta).release.length
      if (shown < given) waited += 1
      longest = Math.max(longest, given - shown)
    }
    process.stdout.write(
      `stream guard: after ${waited} of ${deltas.length} harmless deltas a tail waited, at most ${longest} units\n`,
    )
    expect(longest).toBeLessThan(25)
  })
})
