import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { impressionOf, loadSentiment } from './impression.ts'
import { moodWords, nameOfMood } from './name.ts'
import { halfLife, largestStep, type Mind, replay, rest, type TurnImpression } from './step.ts'

const unit = fc.double({ min: -1, max: 1, noNaN: true })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const skills = fc.record({ empathy: share, humour: share, patience: share })
const mind: fc.Arbitrary<Mind> = fc.record({ point: fc.record({ valence: unit, arousal: unit }), skills })
const turns: fc.Arbitrary<TurnImpression[]> = fc.uniqueArray(
  fc.record({
    turnId: fc.uuid(),
    at: fc.integer({ min: 0, max: 20 * 24 * 3_600_000 }),
    sentiment: unit,
    energy: share,
    laughed: fc.boolean(),
  }),
  { selector: turn => turn.turnId, maxLength: 30 },
)

describe('moods', () => {
  test('the same events give the same history, shuffled, doubled, or in two halves', () => {
    fc.assert(
      fc.property(turns, mind, fc.integer(), fc.nat(30), (all, baseline, seed, cut) => {
        const history = replay(all, baseline)
        const shuffled = all.toSorted((a, b) => ((a.at * 31 + seed) % 97) - ((b.at * 31 + seed) % 97))
        expect(replay([...shuffled, ...all], baseline)).toEqual(history)
        const head = history.slice(0, cut)
        const last = head.at(-1)
        const tail = replay(
          history.slice(cut).map(({ turn }) => turn),
          baseline,
          last ? { mind: last, at: last.turn.at } : null,
        )
        expect([...head, ...tail]).toEqual(history)
      }),
      { numRuns: 200 },
    )
  })

  test('stay within bounds and never jump', () => {
    fc.assert(
      fc.property(turns, mind, (all, baseline) => {
        let before: { mind: Mind; at: number } = { mind: baseline, at: Math.min(0, ...all.map(({ at }) => at)) }
        for (const after of replay(all, baseline)) {
          const from = rest(before.mind, baseline, after.turn.at - before.at)
          for (const axis of ['valence', 'arousal'] as const) {
            expect(Math.abs(after.point[axis])).toBeLessThanOrEqual(1)
            expect(Math.abs(after.point[axis] - from.point[axis])).toBeLessThanOrEqual(largestStep.mood + 2e-6)
          }
          for (const skill of ['empathy', 'humour', 'patience'] as const) {
            expect(after.skills[skill]).toBeGreaterThanOrEqual(0)
            expect(after.skills[skill]).toBeLessThanOrEqual(1)
            expect(Math.abs(after.skills[skill] - from.skills[skill])).toBeLessThanOrEqual(largestStep.skill + 2e-6)
          }
          before = { mind: after, at: after.turn.at }
        }
      }),
      { numRuns: 200 },
    )
  })

  test('left alone they come back to their baseline, by half in each half-life', () => {
    fc.assert(
      fc.property(mind, mind, (now, baseline) => {
        const half = rest(now, baseline, halfLife.mood)
        const away = (point: Mind['point']) => Math.abs(point.valence - baseline.point.valence)
        expect(away(half.point)).toBeCloseTo(away(now.point) / 2, 5)
        expect(away(rest(now, baseline, 100 * halfLife.mood).point)).toBeLessThan(1e-5)
        expect(rest(now, baseline, 0).point.valence).toBeCloseTo(now.point.valence, 5)
      }),
    )
  })

  test('have a name everywhere, and words that claim nothing', () => {
    fc.assert(
      fc.property(mind, ({ point, skills: able }) => {
        expect(nameOfMood(point)).toMatch(/^[a-z]+$/)
        expect(moodWords(point, able)).toContain('never make the person answerable')
      }),
    )
    expect([
      nameOfMood({ valence: 0.8, arousal: 0.3 }),
      nameOfMood({ valence: -0.7, arousal: -0.1 }),
      nameOfMood({ valence: 0.02, arousal: 0 }),
    ]).toEqual(['cheerful', 'sad', 'even'])
  })

  test('follow what was said, in several languages', async () => {
    const sentiment = await loadSentiment()
    const of = (person: string) => impressionOf(sentiment, { person, character: '' }, { turnId: 't', at: 0 })
    expect(of('I love this, wonderful! haha').sentiment).toBeGreaterThan(0.4)
    expect(of('I love this, wonderful! haha').laughed).toBe(true)
    expect(of('I feel terrible and lonely').sentiment).toBeLessThan(-0.4)
    expect(of('Ich bin so traurig und allein').sentiment).toBeLessThan(-0.2)
    expect(of('Je suis très heureux, merci').sentiment).toBeGreaterThan(0.2)
    expect(of('THIS IS SO GREAT!!!').energy).toBeGreaterThan(of('this is so great').energy)
  })
})
