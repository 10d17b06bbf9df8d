import type { BuiltinAction } from '../builtin.ts'
import { deleteProfile, saveProfile } from '../kundli/birth/profiles.ts'
import { type BirthArguments, givenBirth } from '../kundli/birth/resolve-birth.ts'

/** This plugin keeps one birth: that of the person. */
const own = 'me'

export const saveBirth: BuiltinAction = async (args: BirthArguments, { storage }) => {
  const birth = await givenBirth(args, own)
  await saveProfile(storage, birth.profile)
  const { date, time, place } = birth.profile
  return { text: [`Your birth is saved: ${date} ${time}, ${place}.`, ...birth.notes].join(' '), data: birth.profile }
}

export const forgetBirth: BuiltinAction = async (_args, { storage }) => {
  await deleteProfile(storage, own)
  return { text: 'Your birth is no longer saved here.' }
}
