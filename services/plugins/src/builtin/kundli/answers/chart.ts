import {
  chartDrawing,
  dayText,
  grahaNames,
  grahas,
  honestyText,
  lordsText,
  mahadashas,
  nakshatraText,
  northIndianSvg,
  panchangaText,
  pointText,
  runningPeriods,
  southIndianSvg,
  stateText,
} from '@luna/sky'
import type { BuiltinAction } from '../../builtin.ts'
import { chartOf } from '../birth/chart-of.ts'
import { type BirthArguments, resolveBirth } from '../birth/resolve-birth.ts'
import { chartData } from './chart-data.ts'
import { plain } from './markdown.ts'

/** The chart as a table, with drawings of Rashi and Navamsha. */
export const chart: BuiltinAction = async (args: BirthArguments & { style?: 'north' | 'south' }, host) => {
  const birth = await resolveBirth(args, host)
  const of = chartOf(birth)
  const draw = args.style === 'south' ? southIndianSvg : northIndianSvg
  const { name, date, time, place } = birth.profile
  const running = runningPeriods(mahadashas(birth.instant, of.chart.grahas.moon.longitude), host.now()).at(-1)
  const rows = grahas.map(graha => {
    const placement = of.chart.grahas[graha]
    return `| ${grahaNames[graha].english} | ${pointText(placement)} | ${nakshatraText(placement)} | ${placement.house} | ${stateText(placement)} |`
  })
  const text = [
    `**Kundli of ${plain(name)}** – ${date} ${time} (UTC${birth.offset}), ${plain(place)}`,
    '',
    `Ascendant ${pointText(of.chart.ascendant)}, ${nakshatraText(of.chart.ascendant)}`,
    '',
    '| Graha | Position | Nakshatra | House | State |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    `Panchanga: ${panchangaText(of.panchanga)}.`,
    ...(running ? [`Running period: ${lordsText(running)}, until ${dayText(running.end, birth.offsetMs)}.`] : []),
    '',
    ...birth.notes,
    honestyText,
  ].join('\n')
  return {
    text,
    data: chartData(of, birth, host.now()),
    files: [
      { name: 'rashi.svg', type: 'image/svg+xml', content: draw(chartDrawing(of.chart), 'rashi') },
      { name: 'navamsha.svg', type: 'image/svg+xml', content: draw(chartDrawing(of.chart, 9), 'navamsha') },
    ],
  }
}
