import {
  birthChart,
  dayText,
  grahaNames,
  honestyText,
  isEasyTransit,
  lordsText,
  mahadashas,
  nakshatraText,
  runningPeriods,
  type SkyPlace,
  sadeSati,
  skyAt,
  type Transit,
  transitsAt,
} from '@luna/sky'
import type { BuiltinAction } from '../builtin.ts'
import { dayAsked } from '../kundli/answers/day-asked.ts'
import { type BirthArguments, resolveBirth } from '../kundli/birth/resolve-birth.ts'
import { moonSign } from './moon-sign.ts'

interface Arguments extends BirthArguments {
  sign?: string
  on?: string
}

/** A transit of which the natal chart may not be known beyond the Moon's sign. */
type Counted = SkyPlace & { houseFromMoon: number } & Partial<Pick<Transit, 'houseFromAscendant' | 'over' | 'looksAt'>>

const fromMoonAlone = (sign: string, at: Date): Counted[] => {
  const from = moonSign(sign).index
  return skyAt(at).map(place => ({ ...place, houseFromMoon: ((place.sign.index - from + 12) % 12) + 1 }))
}

const isNode = ({ graha }: SkyPlace): boolean => graha === 'rahu' || graha === 'ketu'

function row(transit: Counted): string {
  const { graha, sign, retrograde, houseFromMoon, houseFromAscendant, leavesSign, over = [] } = transit
  return `| ${[
    `${grahaNames[graha].english}${retrograde && !isNode(transit) ? ' (retrograde)' : ''}`,
    `${sign.english}, ${nakshatraText(transit)}`,
    String(houseFromMoon),
    houseFromAscendant === undefined ? '–' : String(houseFromAscendant),
    isEasyTransit(graha, houseFromMoon) ? 'easy' : 'demanding',
    over.map(natal => grahaNames[natal].english).join(', ') || '–',
    leavesSign ? dayText(leavesSign) : '–',
  ].join(' | ')} |`
}

const sadeSatiText = (transits: readonly Counted[]): string[] => {
  const part = sadeSati(transits.find(({ graha }) => graha === 'saturn')?.houseFromMoon ?? 0)
  return part
    ? [`Saturn is in the ${part} of the three signs of sade sati, which tradition calls a time of effort.`]
    : []
}

/** The transits of a day against a birth, or against the sign of the Moon alone. */
export const transits: BuiltinAction = async (args: Arguments, host) => {
  const at = dayAsked(args.on, host.now())
  const known = args.sign === undefined ? await resolveBirth(args, host) : null
  const natal = known ? birthChart(known.instant, known.profile, known.node) : null
  const counted: Counted[] = natal ? transitsAt(natal, at) : fromMoonAlone(args.sign ?? '', at)
  const running = natal ? runningPeriods(mahadashas(natal.instant, natal.grahas.moon.longitude), at).at(-1) : undefined
  const moon = natal ? natal.grahas.moon.sign.english : moonSign(args.sign ?? '').english
  return {
    text: [
      `**Transits on ${dayText(at)}** against the Moon in ${moon}${natal ? ` and the ascendant in ${natal.ascendant.sign.english}` : ''}`,
      '',
      '| Graha | Now in | Sign from Moon | House | Tradition | Over natal | Until |',
      '|---|---|---|---|---|---|---|',
      ...counted.map(row),
      '',
      ...sadeSatiText(counted),
      ...(running ? [`Running period: ${lordsText(running)}, until ${dayText(running.end)}.`] : []),
      'Easy and demanding go by the sign from the Moon (Phaladeepika 26), which is the same for everybody born under that Moon sign: about one in twelve people.',
      ...(known?.notes ?? []),
      honestyText,
    ].join('\n'),
    data: {
      at: at.toISOString(),
      moonSign: moon,
      transits: counted.map(transit => ({
        graha: transit.graha,
        sign: transit.sign.english,
        degrees: Number(transit.degrees.toFixed(4)),
        retrograde: transit.retrograde,
        signFromMoon: transit.houseFromMoon,
        house: transit.houseFromAscendant ?? null,
        easy: isEasyTransit(transit.graha, transit.houseFromMoon),
        overNatal: transit.over ?? [],
        looksAtNatal: transit.looksAt ?? [],
        leavesSign: transit.leavesSign?.toISOString() ?? null,
      })),
      running: running ? { lords: running.lords, end: running.end.toISOString() } : null,
    },
  }
}
