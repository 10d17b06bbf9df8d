import type { BuiltinAction } from '../../builtin.ts'
import { allProfiles, type BirthProfile, deleteProfile, saveProfile } from '../birth/profiles.ts'
import { type BirthArguments, givenBirth } from '../birth/resolve-birth.ts'
import { plain } from './markdown.ts'

const described = ({ name, date, time, place, zone }: BirthProfile): string =>
  `${plain(name)}: ${date} ${time}, ${plain(place)} (${zone})`

/** Saves a birth under a name, after all of it has been understood. The same name again replaces it. */
export const save: BuiltinAction = async (args: BirthArguments & { name?: string }, { storage }) => {
  const birth = await givenBirth(args, args.name ?? '')
  await saveProfile(storage, birth.profile)
  return { text: [`Saved: ${described(birth.profile)}.`, ...birth.notes].join(' '), data: birth.profile }
}

export const list: BuiltinAction = async (_args, { storage }) => {
  const all = await allProfiles(storage)
  return {
    text: all.length === 0 ? 'No birth profile is saved.' : all.map(profile => `- ${described(profile)}`).join('\n'),
    data: { profiles: all },
  }
}

export const remove: BuiltinAction = async (args: { name?: string }, { storage }) => {
  const gone = await deleteProfile(storage, args.name ?? '')
  return { text: `Deleted: ${described(gone)}.`, data: { name: gone.name } }
}
