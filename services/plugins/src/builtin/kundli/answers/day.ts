import {
  birthChart,
  birthMoment,
  dayText,
  grahaNames,
  minuteText,
  offsetAt,
  panchangaAt,
  panchangaText,
} from '@luna/sky'
import type { BuiltinAction } from '../../builtin.ts'
import { choosePlace } from '../birth/choose-place.ts'
import { plain } from './markdown.ts'

/** The panchanga of a time at a place; now unless said. */
export const day: BuiltinAction = async (args: { place?: string; date?: string; time?: string }, host) => {
  const { place, notes } = await choosePlace(args.place ?? '')
  const asked = args.date
    ? birthMoment({
        date: args.date,
        time: args.time ?? '06:00',
        zone: place.zone,
        longitude: place.longitude,
        occurrence: 'first',
      })
    : null
  const now = host.now()
  const instant = asked?.kind === 'exact' ? asked.instant : now
  const offsetMs = asked?.kind === 'exact' ? asked.offsetMs : offsetAt(now, place.zone)
  const { sun, moon } = birthChart(instant, place).grahas
  const panchanga = panchangaAt(instant, place, offsetMs, sun.longitude, moon.longitude)
  const { vara } = panchanga
  return {
    text: [
      `**Panchanga** for ${plain(place.name)}, ${minuteText(instant, offsetMs)}`,
      '',
      `${panchangaText(panchanga)}. Lord of the day: ${grahaNames[vara.lord].english}.`,
      vara.sunrise
        ? `The day began with sunrise at ${minuteText(vara.sunrise, offsetMs)} (middle of the disc, without refraction).`
        : `The Sun did not rise on ${dayText(instant, offsetMs)}; the civil day stands in.`,
      `Sun in ${sun.sign.english}, Moon in ${moon.sign.english}.`,
      ...notes,
    ].join('\n'),
    data: { instant: instant.toISOString(), place, panchanga },
  }
}
