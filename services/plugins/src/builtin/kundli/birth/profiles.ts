import { LunaError } from '@luna/contracts'
import type { PluginHost } from '../../../host/plugin-host.ts'

/** What a person has saved of a birth: as it was given, with the place found for it. */
export interface BirthProfile {
  name: string
  date: string
  time: string
  place: string
  latitude: number
  longitude: number
  zone: string
  offset?: string
  occurrence?: 'first' | 'second'
  node?: 'mean' | 'true'
}

const prefix = 'profile:'
const mostProfiles = 200

/** Names that differ in case or blanks alone are one. */
const keyOf = (name: string): string => prefix + name.trim().toLowerCase().replaceAll(/\s+/g, ' ')

type Storage = PluginHost['storage']

export async function saveProfile(storage: Storage, profile: BirthProfile): Promise<void> {
  const key = keyOf(profile.name)
  const keys = await storage.list(prefix)
  if (!keys.includes(key) && keys.length >= mostProfiles)
    throw new LunaError('too-large', `${mostProfiles} birth profiles are saved, which is the most. Delete one first.`)
  await storage.set(key, profile)
}

export async function allProfiles(storage: Storage): Promise<BirthProfile[]> {
  const keys = await storage.list(prefix)
  const found = await Promise.all(keys.map(key => storage.get(key)))
  return found.filter((value): value is BirthProfile => value !== null && value !== undefined)
}

/** @throws LunaError `not-found`, with the names that there are */
export async function profileNamed(storage: Storage, name: string): Promise<BirthProfile> {
  const found = (await storage.get(keyOf(name))) as BirthProfile | null | undefined
  if (found) return found
  const names = (await allProfiles(storage)).map(profile => profile.name)
  throw new LunaError(
    'not-found',
    `No birth profile "${name}" is saved. ${names.length > 0 ? `Saved are: ${names.join(', ')}.` : 'None is saved yet.'}`,
  )
}

export async function deleteProfile(storage: Storage, name: string): Promise<BirthProfile> {
  const found = await profileNamed(storage, name)
  await storage.delete(keyOf(name))
  return found
}
