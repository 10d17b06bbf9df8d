import { LunaError } from '@luna/contracts'
import { birthChart, birthMoment, type Moment } from '@luna/sky'
import type { PluginHost } from '../../../host/plugin-host.ts'
import { choosePlace } from './choose-place.ts'
import { allProfiles, type BirthProfile, profileNamed } from './profiles.ts'

/** Arguments of an action that needs a birth; the schema has checked their types. */
export interface BirthArguments {
  profile?: string
  date?: string
  time?: string
  place?: string
  zone?: string
  offset?: string
  occurrence?: 'first' | 'second'
  node?: 'mean' | 'true'
}

/** A birth with nothing left open. */
export interface Birth extends Moment {
  profile: BirthProfile
  node: 'mean' | 'true'
  /** How time and place were understood, to be said with the chart. */
  notes: readonly string[]
}

/**
 * The birth that arguments mean: given whole, saved under a name, or the only one saved.
 * @throws LunaError that says what is missing, or asks what only the person knows
 */
export async function resolveBirth(args: BirthArguments, host: PluginHost): Promise<Birth> {
  if (args.date !== undefined || args.time !== undefined || args.place !== undefined)
    return givenBirth(args, args.profile ?? 'this birth')
  const saved = await savedProfile(args.profile, host)
  return { ...settled(saved), profile: saved, node: args.node ?? saved.node ?? 'mean', notes: notesOn(saved) }
}

/** The birth that is written out in the arguments, named so. */
export async function givenBirth(args: BirthArguments, name: string): Promise<Birth> {
  const { date, time, place: text } = args
  const missing = [...(date ? [] : ['date']), ...(time ? [] : ['time']), ...(text ? [] : ['place'])]
  if (!date || !time || !text)
    throw new LunaError(
      'invalid',
      `For a birth chart date, time and place of birth are needed; missing: ${missing.join(', ')}. The ascendant moves a degree in four minutes, so the time should be as exact as it is known.${date && text ? ` ${await withoutTime(date, text)}` : ''}`,
      { details: { missing } },
    )
  const { place, notes } = await choosePlace(text)
  const profile: BirthProfile = {
    name: name.trim(),
    date,
    time,
    place: place.country === '' ? place.name : `${place.name}, ${place.country}`,
    latitude: place.latitude,
    longitude: place.longitude,
    zone: args.zone ?? place.zone,
    ...(args.offset !== undefined && { offset: args.offset }),
    ...(args.occurrence !== undefined && { occurrence: args.occurrence }),
    ...(args.node !== undefined && { node: args.node }),
  }
  return { ...settled(profile), profile, node: args.node ?? 'mean', notes: [...notes, ...notesOn(profile)] }
}

/** What can be said of a birth at an unknown time of a day. */
async function withoutTime(date: string, text: string): Promise<string> {
  const { place } = await choosePlace(text)
  const local = { date, zone: place.zone, longitude: place.longitude, occurrence: 'first' } as const
  const [begin, end] = ['00:00', '23:59:59'].map(time => {
    const moment = birthMoment({ ...local, time })
    return moment.kind === 'exact' ? birthChart(moment.instant, place).grahas.moon : null
  })
  if (!begin || !end) return ''
  const range = (from: string, to: string) => (from === to ? from : `${from} or ${to}`)
  return `Without the time only this can be said: the Moon was in ${range(begin.sign.english, end.sign.english)}, in ${range(begin.nakshatra.name, end.nakshatra.name)}.`
}

async function savedProfile(name: string | undefined, { storage }: PluginHost): Promise<BirthProfile> {
  if (name !== undefined) return profileNamed(storage, name)
  const all = await allProfiles(storage)
  const [only] = all
  if (only && all.length === 1) return only
  throw new LunaError(
    'invalid',
    all.length === 0
      ? 'No birth is known yet. Give date, time and place of birth, or save a profile with them.'
      : `Whose chart? Saved are: ${all.map(profile => profile.name).join(', ')}.`,
  )
}

function settled(profile: BirthProfile): Moment {
  const moment = birthMoment(profile)
  if (moment.kind === 'exact') return moment
  throw new LunaError('invalid', `${moment.question} Answer with occurrence "first" or "second".`, {
    details: { first: moment.first.instant.toISOString(), second: moment.second.instant.toISOString() },
  })
}

function notesOn(profile: BirthProfile): string[] {
  const { basis, offset } = settled(profile)
  if (basis === 'local-mean-time')
    return [`There was no standard time in ${profile.zone} yet: local mean time of the place (UTC${offset}) was taken.`]
  if (basis === 'given') return [`Clock time was taken as UTC${offset}, as given.`]
  return [`Clock time in ${profile.zone} was UTC${offset} then.`]
}
