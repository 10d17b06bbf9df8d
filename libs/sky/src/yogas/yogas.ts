import { type BirthChart, signOfHouse } from '../chart/birth-chart.ts'
import { type Graha, grahaNames } from '../zodiac/grahas.ts'

/** A combination that tradition names, with the rule it was found by. */
export interface Yoga {
  name: string
  rule: string
  /** What of this chart fulfils the rule. */
  because: string
  /** What tradition associates with it. */
  said: string
}

type Finder = (chart: BirthChart) => Yoga | null

const kendras = [1, 4, 7, 10]
/** Counted as 1 when both are in the same sign. */
const houseFrom = (chart: BirthChart, from: Graha, to: Graha): number =>
  ((chart.grahas[to].sign.index - chart.grahas[from].sign.index + 12) % 12) + 1
const at = (chart: BirthChart, graha: Graha): string =>
  `${grahaNames[graha].english} in ${chart.grahas[graha].sign.english}, house ${chart.grahas[graha].house}`

const together =
  (a: Graha, b: Graha, name: string, said: string): Finder =>
  chart =>
    houseFrom(chart, a, b) === 1
      ? {
          name,
          rule: `${grahaNames[a].english} and ${grahaNames[b].english} in one sign`,
          because: `both in ${chart.grahas[a].sign.english}, house ${chart.grahas[a].house}`,
          said,
        }
      : null

const mahapurusha =
  (graha: Graha, name: string, said: string): Finder =>
  chart => {
    const { dignity, house } = chart.grahas[graha]
    return ['own', 'moolatrikona', 'exalted'].includes(dignity) && kendras.includes(house)
      ? {
          name,
          rule: `${grahaNames[graha].english} in its own sign or exalted, in house 1, 4, 7 or 10`,
          because: `${at(chart, graha)} (${dignity})`,
          said,
        }
      : null
  }

const gajakesari: Finder = chart =>
  kendras.includes(houseFrom(chart, 'moon', 'jupiter'))
    ? {
        name: 'Gajakesari',
        rule: 'Jupiter in the first, fourth, seventh or tenth sign from the Moon',
        because: `${at(chart, 'jupiter')}; ${at(chart, 'moon')}`,
        said: 'good name, judgement and support',
      }
    : null

/** What stands beside the Moon; Sun and nodes do not count. */
const companions: readonly Graha[] = ['mars', 'mercury', 'jupiter', 'venus', 'saturn']

const besideMoon: Finder = chart => {
  const found = (house: number) => companions.filter(graha => houseFrom(chart, 'moon', graha) === house)
  const [second, twelfth] = [found(2), found(12)]
  const named = (all: readonly Graha[]) => all.map(graha => grahaNames[graha].english).join(', ')
  if (second.length > 0 && twelfth.length > 0)
    return {
      name: 'Durudhura',
      rule: 'grahas other than Sun and nodes both in the second and in the twelfth sign from the Moon',
      because: `${named(second)} in the second, ${named(twelfth)} in the twelfth`,
      said: 'means, generosity and people about one',
    }
  if (second.length > 0)
    return {
      name: 'Sunapha',
      rule: 'a graha other than Sun and nodes in the second sign from the Moon, none in the twelfth',
      because: `${named(second)} in the second`,
      said: 'what one has, one has earned',
    }
  if (twelfth.length > 0)
    return {
      name: 'Anapha',
      rule: 'a graha other than Sun and nodes in the twelfth sign from the Moon, none in the second',
      because: `${named(twelfth)} in the twelfth`,
      said: 'composure and good manners',
    }
  const near = found(1).length > 0 || companions.some(graha => kendras.includes(chart.grahas[graha].house))
  return near
    ? null
    : {
        name: 'Kemadruma',
        rule: 'none of the five star-like grahas beside the Moon, with it, or in house 1, 4, 7 or 10',
        because: `${at(chart, 'moon')}, alone`,
        said: 'times of standing alone; many texts name exceptions',
      }
}

/** House lords of an angle and of a trine that meet. */
const raja: Finder = chart => {
  const lordOf = (house: number) => signOfHouse(chart, house).lord
  for (const angle of [1, 4, 7, 10])
    for (const trine of [5, 9]) {
      const [a, b] = [lordOf(angle), lordOf(trine)]
      if (a !== b && houseFrom(chart, a, b) === 1)
        return {
          name: 'Raja',
          rule: 'the lord of an angle (1, 4, 7, 10) and the lord of a trine (5, 9) in one sign',
          because: `${grahaNames[a].english}, lord of ${angle}, and ${grahaNames[b].english}, lord of ${trine}, in ${chart.grahas[a].sign.english}`,
          said: 'standing and success in what one takes up',
        }
    }
  return null
}

const mangala: Finder = chart => {
  const { house } = chart.grahas.mars
  return [1, 2, 4, 7, 8, 12].includes(house)
    ? {
        name: 'Mangala dosha',
        rule: 'Mars in house 1, 2, 4, 7, 8 or 12 from the ascendant',
        because: at(chart, 'mars'),
        said: 'spoken of in matching charts for marriage; found in about half of all charts, and texts name many exceptions',
      }
    : null
}

const guruLooks: Finder = chart =>
  [5, 9].includes(houseFrom(chart, 'jupiter', 'moon'))
    ? {
        name: 'Jupiter’s glance on the Moon',
        rule: 'the Moon in the fifth or ninth sign from Jupiter, which looks at it',
        because: `${at(chart, 'jupiter')}; ${at(chart, 'moon')}`,
        said: 'trust and good counsel',
      }
    : null

const finders: readonly Finder[] = [
  gajakesari,
  guruLooks,
  together(
    'sun',
    'mercury',
    'Budha-Aditya',
    'a quick and articulate mind; common, since Mercury is never far from the Sun',
  ),
  together('moon', 'mars', 'Chandra-Mangala', 'drive in matters of money'),
  mahapurusha('mars', 'Ruchaka', 'courage and leadership'),
  mahapurusha('mercury', 'Bhadra', 'learning and good speech'),
  mahapurusha('jupiter', 'Hamsa', 'uprightness and wisdom'),
  mahapurusha('venus', 'Malavya', 'charm, comfort and the arts'),
  mahapurusha('saturn', 'Shasha', 'endurance and authority'),
  besideMoon,
  raja,
  mangala,
]

/**
 * A modest choice of well-known yogas, each with its rule in words: those of the Moon (Brihat Parashara Hora Shastra 37),
 * the five mahapurusha (75), and a few of every handbook. Schools differ in the exceptions, which are not applied.
 */
export const yogasOf = (chart: BirthChart): Yoga[] => finders.flatMap(find => find(chart) ?? [])
