import { dayText, lordsText, mahadashas, runningPeriods, subperiods } from '@luna/sky'
import type { BuiltinAction } from '../../builtin.ts'
import { chartOf } from '../birth/chart-of.ts'
import { type BirthArguments, resolveBirth } from '../birth/resolve-birth.ts'
import { periodData } from './chart-data.ts'
import { dayAsked } from './day-asked.ts'
import { plain } from './markdown.ts'

/** The Vimshottari periods that run on a day, down to the third level, and those that follow within them. */
export const periods: BuiltinAction = async (args: BirthArguments & { on?: string }, host) => {
  const birth = await resolveBirth(args, host)
  const { chart } = chartOf(birth)
  const at = dayAsked(args.on, host.now())
  const cycle = mahadashas(birth.instant, chart.grahas.moon.longitude)
  const running = runningPeriods(cycle, at)
  const [maha, antar] = running
  const until = (end: Date) => dayText(end, birth.offsetMs)
  if (!maha || !antar)
    return {
      text: `On ${dayText(at)} none of the 120 years of periods of ${plain(birth.profile.name)} runs: they go from ${until(cycle[0]?.start ?? at)} to ${until(cycle.at(-1)?.end ?? at)}.`,
      data: { mahadashas: cycle.map(periodData), running: [] },
    }
  return {
    text: [
      `**Vimshottari periods of ${plain(birth.profile.name)}** on ${dayText(at)}`,
      '',
      ...running.map(period => `- ${lordsText(period)}: ${until(period.start)} to ${until(period.end)}`),
      '',
      `Within ${lordsText(maha)}: ${subperiods(maha)
        .map(period => `${lordsText(period)} from ${until(period.start)}`)
        .join('; ')}.`,
      `Mahadashas: ${cycle.map(period => `${lordsText(period)} from ${until(period.start)}`).join('; ')}.`,
      'Years of 365.25 days, from the nakshatra of the Moon.',
    ].join('\n'),
    data: {
      running: running.map(periodData),
      antardashas: subperiods(maha).map(periodData),
      pratyantardashas: subperiods(antar).map(periodData),
      mahadashas: cycle.map(periodData),
    },
  }
}
