import { describe, expect, test } from 'vitest'
import { birthChart } from '../chart/birth-chart.ts'
import { panchangaAt } from '../panchanga/panchanga.ts'
import { grahaNames, grahas } from '../zodiac/grahas.ts'
import { chartFacts } from './facts.ts'
import { type ReportInput, reportHtml } from './report.ts'

const place = { latitude: 22.6757521, longitude: 88.0495418 }
const offsetMs = 5.5 * 3_600_000
const chart = birthChart(new Date('2020-05-12T03:50:00Z'), place)
const panchanga = panchangaAt(chart.instant, place, offsetMs, chart.grahas.sun.longitude, chart.grahas.moon.longitude)
const at = new Date('2026-11-21T00:00:00Z')
const input: ReportInput = {
  chart,
  panchanga,
  name: 'Asha',
  place: 'Kolkata',
  offset: '+05:30',
  offsetMs,
  style: 'north',
  at,
  notes: ['Places: GeoNames'],
}

describe('the report', () => {
  const html = reportHtml(input)

  test('is several pages: chart, positions, houses, divisions, periods, yogas and method', () => {
    expect([...html.matchAll(/<h[12]>([^<]+)/g)].map(([, heading]) => heading)).toEqual([
      'Kundli of Asha',
      'Positions',
      'Houses',
      'Divisional charts',
      'Vimshottari periods',
      'Yogas',
    ])
    expect(html).toContain('break-after:page')
    expect(html.match(/<svg/g)).toHaveLength(2)
    expect(html).toContain('2020-05-12 09:20 (UTC+05:30)')
    expect(html).toContain('There is no evidence that it tells the future')
    expect(html).toContain('23°15′00.658″')
    expect(html).toContain('years of 365.25 days')
  })

  test('every table says what its cells are', () => {
    const tables = html.match(/<table>.*?<\/table>/g) ?? []
    expect(tables.length).toBeGreaterThan(12)
    for (const table of tables) {
      expect(table).toMatch(/^<table><caption>[^<]+<\/caption><thead><tr><th scope="col">/)
      const columns = table.match(/scope="col"/g)?.length
      for (const row of table.split('<tbody>')[1]?.match(/<tr>.*?<\/tr>/g) ?? [])
        expect(row.match(/<t[hd]/g)).toHaveLength(columns ?? 0)
    }
  })

  test('marks the running periods', () => {
    const running = [...html.matchAll(/<th scope="row">([^<]+)<\/th><td>([^<]+)<\/td><td>([^<]+)<\/td><td>running/g)]
    expect(running.map(([, lords, from, to]) => [lords, from, to])).toEqual([
      ['Moon', '2025-02-03', '2035-02-03'],
      ['Moon / Rahu / Jupiter', '2026-09-25', '2026-12-07'],
      ['Moon / Rahu', '2026-07-05', '2028-01-04'],
    ])
  })

  test('names and notes stay text', () => {
    const hostile = reportHtml({
      ...input,
      name: '<img src=x onerror=1>',
      place: '</dd><script>',
      notes: ['"><svg onload=1>'],
    })
    expect(hostile).not.toMatch(/<img|<script|<svg onload/)
  })
})

describe('the facts for a model', () => {
  const facts = chartFacts({ chart, panchanga, at, name: 'Asha' })

  test('hold every graha, house and period, and stay short', () => {
    for (const graha of grahas) expect(facts).toMatch(new RegExp(`^- ${grahaNames[graha].english}: \\d`, 'm'))
    for (let house = 1; house <= 12; house += 1) expect(facts).toMatch(new RegExp(`^- ${house}: `, 'm'))
    expect(facts).toContain('Moon / Rahu / Jupiter until 2026-12-07')
    expect(facts).toContain('Moon 2025-02-02 to 2035-02-03')
    expect(facts).toContain('Answer from these facts alone')
    expect(facts.length).toBeLessThan(4_500)
  })
})
