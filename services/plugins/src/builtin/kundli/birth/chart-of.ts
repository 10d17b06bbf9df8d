import { type BirthChart, birthChart, type Panchanga, panchangaAt } from '@luna/sky'
import type { Birth } from './resolve-birth.ts'

export interface ChartOfBirth {
  chart: BirthChart
  panchanga: Panchanga
}

export function chartOf(birth: Birth): ChartOfBirth {
  const chart = birthChart(birth.instant, birth.profile, birth.node)
  const { sun, moon } = chart.grahas
  return { chart, panchanga: panchangaAt(birth.instant, chart.place, birth.offsetMs, sun.longitude, moon.longitude) }
}
