import { LunaError } from '@luna/contracts'

/** An IANA time zone by its name or the city in it. @throws LunaError `invalid` */
export function findZone(text: string): string {
  const wanted = text.trim().replaceAll(' ', '_').toLowerCase()
  if (wanted === '' || wanted === 'utc' || wanted === 'gmt' || wanted === 'z') return 'UTC'
  const zones = Intl.supportedValuesOf('timeZone')
  const exact = zones.find(zone => zone.toLowerCase() === wanted)
  const city = exact ?? zones.find(zone => zone.toLowerCase().endsWith(`/${wanted}`))
  if (city) return city
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone
  } catch {
    throw new LunaError('invalid', `No time zone is known for "${text}". Use an IANA name such as Europe/Paris.`)
  }
}
