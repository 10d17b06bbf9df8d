import { sexagesimal } from '../angle.ts'
import { type BirthChart, inHouse, signOfHouse } from '../chart/birth-chart.ts'
import { type DashaPeriod, mahadashas, runningPeriods, subperiods } from '../dasha/vimshottari.ts'
import { divisionalSign, divisionNames, divisions } from '../divisions/divisions.ts'
import { chartDrawing } from '../draw/chart-drawing.ts'
import { escaped } from '../draw/markup.ts'
import { northIndianSvg } from '../draw/north-indian.ts'
import { southIndianSvg } from '../draw/south-indian.ts'
import { bhavaOf } from '../houses/houses.ts'
import type { Panchanga } from '../panchanga/panchanga.ts'
import { yogasOf } from '../yogas/yogas.ts'
import { type Graha, grahaNames, grahas } from '../zodiac/grahas.ts'
import { sign } from '../zodiac/signs.ts'
import { panchangaText } from './facts.ts'
import { page, table } from './sections.ts'
import { reportStyle } from './style.ts'
import {
  dayText,
  honestyText,
  houseMatters,
  lordsText,
  methodText,
  minuteText,
  nakshatraText,
  pointText,
  stateText,
} from './words.ts'

export type ChartStyle = 'north' | 'south'

export interface ReportInput {
  chart: BirthChart
  panchanga: Panchanga
  name: string
  /** The place in words. */
  place: string
  /** Of the birth: `+05:30`, and in milliseconds. */
  offset: string
  offsetMs: number
  style: ChartStyle
  /** When the report is made: the running periods are marked. */
  at: Date
  /** Notes on how time and place were understood. */
  notes?: readonly string[]
}

/** The report as one HTML page that prints on sheets of A4: chart, positions, houses, divisions, periods, yogas, method. */
export function reportHtml(input: ReportInput): string {
  const { chart, name } = input
  const draw = input.style === 'north' ? northIndianSvg : southIndianSvg
  const cycle = mahadashas(chart.instant, chart.grahas.moon.longitude)
  const running = runningPeriods(cycle, input.at)
  const facts = [
    ['Born', `${minuteText(chart.instant, input.offsetMs)} (UTC${input.offset})`],
    ['Place', input.place],
    ['Ascendant', `${pointText(chart.ascendant)}, ${nakshatraText(chart.ascendant)}`],
    ['Moon', `${pointText(chart.grahas.moon)}, ${nakshatraText(chart.grahas.moon)}`],
    ['Sun', pointText(chart.grahas.sun)],
    ['Panchanga', panchangaText(input.panchanga)],
    ['Ayanamsa', `Lahiri ${sexagesimal(chart.ayanamsa)}`],
  ] as const
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Kundli of ${escaped(name)}</title><style>${reportStyle}</style></head><body><main>`,
    `<section><h1>Kundli of ${escaped(name)}</h1><dl>${facts
      .map(([term, text]) => `<dt>${escaped(term)}</dt><dd>${escaped(text)}</dd>`)
      .join(
        '',
      )}</dl><div class="charts"><figure>${draw(chartDrawing(chart), 'rashi')}<figcaption>Rashi (D1)</figcaption></figure>`,
    `<figure>${draw(chartDrawing(chart, 9), 'navamsha')}<figcaption>Navamsha (D9)</figcaption></figure></div>`,
    `<p class="note">${escaped(honestyText)}</p></section>`,
    page('Positions', positions(chart)),
    page('Houses', houses(chart)),
    page('Divisional charts', divisional(chart)),
    page('Vimshottari periods', ...periods(cycle, running, input)),
    page(
      'Yogas',
      yogas(chart),
      '<h3>How it was computed</h3>',
      `<p>${escaped(methodText(chart.node))}</p>`,
      notes(input),
    ),
    '</main></body></html>',
  ].join('')
}

const positions = (chart: BirthChart): string =>
  table(
    'Sidereal positions at birth',
    ['', 'Position', 'Nakshatra and pada', 'Lord of nakshatra', 'House', 'Bhava', 'Degrees a day', 'State'],
    [
      [
        'Ascendant',
        pointText(chart.ascendant),
        nakshatraText(chart.ascendant),
        grahaNames[chart.ascendant.nakshatra.lord].english,
        '1',
        '1',
        '',
        '',
      ],
      ...grahas.map(graha => {
        const placement = chart.grahas[graha]
        return [
          bothNames(graha),
          pointText(placement),
          nakshatraText(placement),
          grahaNames[placement.nakshatra.lord].english,
          String(placement.house),
          String(bhavaOf(placement.longitude, chart.bhavas)),
          placement.speed.toFixed(3),
          stateText(placement),
        ]
      }),
    ],
  )

function bothNames(graha: Graha): string {
  const { english, sanskrit } = grahaNames[graha]
  return english === sanskrit ? english : `${english} (${sanskrit})`
}

const houses = (chart: BirthChart): string =>
  table(
    'Houses by whole signs, bhavas by Sripati',
    ['House', 'Sign', 'Lord', 'Lord stands in house', 'In it', 'Middle of the bhava', 'Matters'],
    houseMatters.map((matters, index) => {
      const at = signOfHouse(chart, index + 1)
      const middle = chart.bhavas[index]?.middle ?? 0
      return [
        String(index + 1),
        `${at.english} (${at.sanskrit})`,
        grahaNames[at.lord].english,
        String(chart.grahas[at.lord].house),
        inHouse(chart, index + 1)
          .map(({ graha }) => grahaNames[graha].english)
          .join(', ') || '–',
        `${sexagesimal(middle % 30)} ${sign(Math.floor(middle / 30)).english}`,
        matters,
      ]
    }),
  )

const divisional = (chart: BirthChart): string =>
  table(
    'The sixteen divisions of Parashara, by sign',
    ['Chart', 'About', 'As', ...grahas.map(graha => grahaNames[graha].short)],
    divisions.map(division => [
      `D${division} ${divisionNames[division].name}`,
      divisionNames[division].about,
      ...[chart.ascendant, ...grahas.map(graha => chart.grahas[graha])].map(({ longitude }) =>
        sign(divisionalSign(longitude, division)).english.slice(0, 3),
      ),
    ]),
  )

function periods(
  cycle: readonly DashaPeriod[],
  running: readonly DashaPeriod[],
  { offsetMs, at, chart }: ReportInput,
): string[] {
  const row = (period: DashaPeriod): string[] => [
    lordsText(period),
    dayText(period.start, offsetMs),
    dayText(period.end, offsetMs),
    period.start <= at && at < period.end ? 'running' : '',
  ]
  const head = ['Lords', 'From', 'To', `On ${dayText(at)}`]
  const first = cycle[0]
  const balance =
    first === undefined
      ? ''
      : `<p>Balance at birth: ${escaped(grahaNames[first.lord].english)} for ${((first.end.getTime() - chart.instant.getTime()) / 31_557_600_000).toFixed(2)} years.</p>`
  return [
    balance,
    table('Mahadashas', head, cycle.map(row)),
    ...(running[1] ? [table('Pratyantardashas of the running antardasha', head, subperiods(running[1]).map(row))] : []),
    ...cycle.map(period =>
      table(`Antardashas of ${grahaNames[period.lord].english}`, head, subperiods(period).map(row)),
    ),
  ]
}

function yogas(chart: BirthChart): string {
  const found = yogasOf(chart)
  if (found.length === 0) return '<p>None of the yogas that are looked for is in this chart.</p>'
  return table(
    'Yogas found, with their rules',
    ['Yoga', 'Rule', 'Here', 'What tradition says'],
    found.map(yoga => [yoga.name, yoga.rule, yoga.because, yoga.said]),
  )
}

const notes = ({ notes: all = [] }: ReportInput): string =>
  all.length === 0 ? '' : `<ul>${all.map(note => `<li>${escaped(note)}</li>`).join('')}</ul>`
