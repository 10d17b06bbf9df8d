import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DashaPeriod, dashaYear, mahadashas, runningPeriods, subperiods } from './vimshottari.ts'

const births = fc.date({ min: new Date('1800-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
const longitudes = fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true })

const length = ({ start, end }: DashaPeriod) => end.getTime() - start.getTime()

function expectPartition(parts: readonly DashaPeriod[], start: Date, end: Date) {
  expect(parts).toHaveLength(9)
  expect(parts[0]?.start).toEqual(start)
  expect(parts.at(-1)?.end).toEqual(end)
  for (const [index, part] of parts.entries()) {
    expect(length(part)).toBeGreaterThan(0)
    if (index > 0) expect(part.start).toEqual(parts[index - 1]?.end)
  }
}

describe('Vimshottari', () => {
  test('periods part 120 years of 365.25 days to the millisecond, on three levels', () => {
    fc.assert(
      fc.property(births, longitudes, fc.nat(8), fc.nat(8), (birth, moon, first, second) => {
        const cycle = mahadashas(birth, moon)
        const [start, end] = [cycle[0]?.start as Date, cycle.at(-1)?.end as Date]
        expect(end.getTime() - start.getTime()).toBe(120 * dashaYear)
        expectPartition(cycle, start, end)
        const maha = cycle[first] as DashaPeriod
        expectPartition(subperiods(maha), maha.start, maha.end)
        const antar = subperiods(maha)[second] as DashaPeriod
        expectPartition(subperiods(antar), antar.start, antar.end)
        expect(antar.lords).toHaveLength(2)
        expect(subperiods(antar)[0]?.lord).toBe(antar.lord)
      }),
      { numRuns: 200 },
    )
  })

  test('the birth lies in the first period, and the running periods hold their instant', () => {
    fc.assert(
      fc.property(births, longitudes, fc.double({ min: 0, max: 0.89, noNaN: true }), (birth, moon, share) => {
        const cycle = mahadashas(birth, moon)
        expect(runningPeriods(cycle, birth)[0]?.start).toEqual(cycle[0]?.start)
        const at = new Date(birth.getTime() + share * 100 * dashaYear)
        const running = runningPeriods(cycle, at)
        expect(running.map(({ level }) => level)).toEqual([1, 2, 3])
        for (const { start, end } of running) expect(start <= at && at < end).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('an arc-minute of the Moon moves no period by more than 12 days', () => {
    fc.assert(
      fc.property(
        births,
        fc.integer({ min: 0, max: 26 }),
        fc.double({ min: 0.01, max: 0.98, noNaN: true }),
        (birth, at, passed) => {
          const moon = ((at + passed) * 360) / 27
          const [a, b] = [mahadashas(birth, moon), mahadashas(birth, moon + 1 / 60)]
          const days = Math.abs((a[0]?.start.getTime() ?? 0) - (b[0]?.start.getTime() ?? 0)) / 86_400_000
          expect(days).toBeLessThan(12)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('outside of the cycle nothing runs', () => {
    const cycle = mahadashas(new Date('1990-01-01'), 0)
    expect(runningPeriods(cycle, new Date('2111-01-01'))).toEqual([])
    expect(runningPeriods(cycle, new Date('1989-12-31'))).toEqual([])
  })

  test('the first point of Ashwini begins Ketu whole; half of Bharani leaves ten years of Venus', () => {
    const birth = new Date('2000-01-01T00:00:00Z')
    expect(mahadashas(birth, 0)[0]).toMatchObject({ lord: 'ketu', start: birth })
    const [venus, sun] = mahadashas(birth, 20)
    expect(venus?.lord).toBe('venus')
    expect(sun?.lord).toBe('sun')
    expect((venus?.end.getTime() ?? 0) - birth.getTime()).toBe(10 * dashaYear)
  })
})
