import { describe, expect, test } from 'vitest'
import { birthChart } from '../chart/birth-chart.ts'
import { chartDrawing, describeDrawing } from './chart-drawing.ts'
import { northIndianSvg } from './north-indian.ts'
import { southIndianSvg } from './south-indian.ts'

// Ascendant Gemini, Sun Aries, Moon Sagittarius, Jupiter and Saturn Capricorn, Rahu Gemini: the published chart of 2020.
const chart = birthChart(new Date('2020-05-12T03:50:00Z'), { latitude: 22.6757521, longitude: 88.0495418 })
const styles = [
  ['north', northIndianSvg],
  ['south', southIndianSvg],
] as const

const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" class="(\w+)">([^<]*)<\/text>/g)].map(
    ([, x, y, kind, content]) => ({
      x: Number(x),
      y: Number(y),
      kind,
      content,
    }),
  )

describe.each(styles)('the %s Indian chart', (style, draw) => {
  const svg = draw(chartDrawing(chart), 'rashi')

  test('has a title and says in words what it shows', () => {
    expect(svg).toContain('role="img" aria-labelledby="rashi-title rashi-desc"')
    expect(svg).toContain('<title id="rashi-title">Birth chart (Rashi, D1)</title>')
    expect(svg).toMatch(
      /<desc id="rashi-desc">The ascendant is in Gemini\. House 1, Gemini: Rahu\. House 2, Cancer: empty\./,
    )
    expect(svg).toContain('House 8, Capricorn: Jupiter, Saturn retrograde.')
  })

  test('shows each graha once, within the paper, and marks the ascendant', () => {
    const texts = textsOf(svg)
    for (const short of ['Su', 'Mo', 'Ma', 'Me', 'Ju', 'Ve', 'Sa R', 'Ra', 'Ke'])
      expect(texts.filter(({ kind, content }) => kind === 'graha' && content?.startsWith(short))).toHaveLength(1)
    expect(texts.filter(({ kind }) => kind === 'rising').map(({ content }) => content)).toEqual(['As'])
    for (const { x, y } of texts) expect(x > 0 && x < 400 && y > 0 && y < 400).toBe(true)
    expect(svg).not.toMatch(/NaN|undefined/)
  })

  test('puts the Moon where the style puts Sagittarius', () => {
    const moon = textsOf(svg).find(({ content }) => content === 'Mo 29°')
    // North: house 7, the lower diamond. South: the corner at the bottom left.
    if (style === 'north') expect(moon).toMatchObject({ x: 200 })
    else expect(moon).toMatchObject({ x: 50 })
    expect(moon?.y).toBeGreaterThan(300)
  })

  test('has room for nine in one sign', () => {
    const drawing = chartDrawing(chart)
    const all = drawing.occupants.flat()
    const crowded = draw({ ...drawing, occupants: drawing.occupants.map((_, index) => (index === 3 ? all : [])) }, 'x')
    const shown = textsOf(crowded).filter(({ kind }) => kind === 'graha')
    expect(shown.flatMap(({ content }) => content?.match(/Su|Mo|Ma|Me|Ju|Ve|Sa|Ra|Ke/g) ?? [])).toHaveLength(9)
    const ys = shown.map(({ y }) => y)
    expect(new Set(ys).size).toBe(ys.length)
  })

  test('lets no text become markup', () => {
    const hostile = draw({ ...chartDrawing(chart), title: '<script>alert("x")</script>' }, '"><script>')
    expect(hostile).not.toContain('<script>')
  })
})

test('a divisional chart in words', () => {
  const drawing = chartDrawing(chart, 9)
  expect(drawing.title).toBe('Navamsha chart (D9)')
  expect(drawing.occupants.flat()).toHaveLength(9)
  expect(describeDrawing(drawing)).toMatch(/^The ascendant is in Gemini\. House 1, Gemini:/)
})
