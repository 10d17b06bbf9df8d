import { describe, expect, test } from 'vitest'
import { birthMoment, type LocalTime } from './birth-moment.ts'

const at = (zone: string, date: string, time: string, more: Partial<LocalTime> = {}) =>
  birthMoment({ zone, date, time, longitude: 0, ...more })

const exact = (...input: Parameters<typeof at>) => {
  const moment = at(...input)
  if (moment.kind !== 'exact') throw new Error(`not exact: ${moment.question}`)
  return { utc: moment.instant.toISOString(), offset: moment.offset, basis: moment.basis }
}

describe('local time by the history of a zone', () => {
  // Offsets of the IANA time-zone database.
  test.each([
    ['Asia/Kolkata', '1990-05-17', '06:45', '+05:30', '1990-05-17T01:15:00.000Z'],
    ['Asia/Kolkata', '1943-06-01', '12:00', '+06:30', '1943-06-01T05:30:00.000Z'],
    ['Asia/Kolkata', '1942-06-01', '12:00', '+05:30', '1942-06-01T06:30:00.000Z'],
    ['Asia/Kolkata', '1900-06-01', '12:00', '+05:21:10', '1900-06-01T06:38:50.000Z'],
    ['Europe/London', '1943-07-01', '12:00', '+02:00', '1943-07-01T10:00:00.000Z'],
    ['America/New_York', '1943-01-15', '12:00', '-04:00', '1943-01-15T16:00:00.000Z'],
    ['Europe/Berlin', '1947-06-01', '12:00', '+03:00', '1947-06-01T09:00:00.000Z'],
    ['Asia/Kathmandu', '1980-01-01', '12:00', '+05:30', '1980-01-01T06:30:00.000Z'],
    ['Asia/Kathmandu', '1990-01-01', '12:00', '+05:45', '1990-01-01T06:15:00.000Z'],
    ['Asia/Singapore', '1981-06-01', '12:00:30', '+07:30', '1981-06-01T04:30:30.000Z'],
  ])('%s on %s at %s is %s', (zone, date, time, offset, utc) => {
    expect(exact(zone, date, time)).toEqual({ utc, offset, basis: 'zone' })
  })

  test('before standard time the longitude of the place itself says the mean time', () => {
    // Ulm, 9°59′ E, 39 min 56 s: Germany had no common time before 1893.
    expect(exact('Europe/Berlin', '1879-03-14', '11:30', { longitude: 9.9833 })).toEqual({
      utc: '1879-03-14T10:50:04.000Z',
      offset: '+00:39:56',
      basis: 'local-mean-time',
    })
  })

  test('an offset from a record overrides the zone', () => {
    expect(exact('Asia/Kolkata', '1943-06-01', '12:00', { offset: '+05:30' })).toEqual({
      utc: '1943-06-01T06:30:00.000Z',
      offset: '+05:30',
      basis: 'given',
    })
    expect(exact('UTC', '2000-01-01', '00:00', { offset: '-03:30' }).utc).toBe('2000-01-01T03:30:00.000Z')
  })
})

describe('times that are not one instant', () => {
  test('shown twice: a question, answered by first or second', () => {
    const moment = at('Europe/Berlin', '2025-10-26', '02:30')
    expect(moment).toMatchObject({
      kind: 'overlap',
      first: { offset: '+02:00', instant: new Date('2025-10-26T00:30:00Z') },
      second: { offset: '+01:00', instant: new Date('2025-10-26T01:30:00Z') },
    })
    expect(moment.kind === 'overlap' && moment.question).toMatch(
      /02:30 on 2025-10-26 twice.*\+02:00 and UTC\+01:00.*first or the second/,
    )
    expect(exact('Europe/Berlin', '2025-10-26', '02:30', { occurrence: 'second' }).utc).toBe('2025-10-26T01:30:00.000Z')
  })

  test('never shown: a question, and both readings', () => {
    const moment = at('Europe/Berlin', '2025-03-30', '02:30')
    expect(moment.kind).toBe('gap')
    expect(moment.kind === 'gap' && moment.question).toMatch(/never showed 02:30 on 2025-03-30/)
    const instants = (['first', 'second'] as const).map(occurrence =>
      exact('Europe/Berlin', '2025-03-30', '02:30', { occurrence }),
    )
    expect(instants.map(({ offset }) => offset).toSorted()).toEqual(['+01:00', '+02:00'])
    // By the clock before the change (UTC+1): half an hour after it.
    expect(instants[0]).toMatchObject({ offset: '+01:00', utc: '2025-03-30T01:30:00.000Z' })
    expect(instants[1]).toMatchObject({ offset: '+02:00', utc: '2025-03-30T00:30:00.000Z' })
  })

  test('a day that was left out', () => {
    expect(at('Pacific/Apia', '2011-12-30', '12:00').kind).toBe('gap')
  })
})

describe('what is no time', () => {
  test.each([
    ['Asia/Kolkata', '17-05-1990', '06:45', {}, /year-month-day.*17-05-1990/],
    ['Asia/Kolkata', '1990-02-30', '06:45', {}, /no 1990-02-30/],
    ['Asia/Kolkata', '1990-02-20', '6:45 am', {}, /24 hours.*6:45 am/],
    ['Asia/Kolkata', '1990-02-20', '25:00', {}, /no 1990-02-20 25:00/],
    ['Mars/Olympus', '1990-02-20', '12:00', {}, /"Mars\/Olympus" is not a time zone/],
    ['UTC', '1990-02-20', '12:00', { offset: '5.5' }, /\+05:30.*"5.5"/],
    ['UTC', '1990-02-20', '12:00', { offset: '+20:00' }, /\+05:30/],
  ])('%s %s %s %o', (zone, date, time, more, message) => {
    expect(() => at(zone, date, time, more)).toThrow(message)
  })
})
