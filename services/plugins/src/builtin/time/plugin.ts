import { LunaError } from '@luna/contracts'
import type { BuiltinModule } from '../builtin.ts'
import { findZone } from './find-zone.ts'

const dayMs = 86_400_000

function moment(text: string): Date {
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(date.getTime()))
    throw new LunaError('invalid', `"${text}" is not a date. Write it as 2026-11-21 or 2026-11-21T18:00:00Z.`)
  return date
}

export const plugin: BuiltinModule = {
  actions: {
    now({ zone = 'UTC' }, host) {
      const timeZone = findZone(String(zone))
      const now = host.now()
      const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone }).format(now)
      return { text: `${text} (${timeZone})`, data: { iso: now.toISOString(), zone: timeZone, local: text } }
    },
    between({ from, to }, host) {
      const begin = moment(String(from))
      const end = to === undefined ? host.now() : moment(to as string)
      const ms = end.getTime() - begin.getTime()
      const days = Math.trunc(ms / dayMs)
      return {
        text: `${Math.abs(days)} days (${(Math.abs(ms) / dayMs / 7).toFixed(1)} weeks, ${Math.round(Math.abs(ms) / 3_600_000)} hours)${ms < 0 ? ', backwards' : ''}`,
        data: { milliseconds: ms, days },
      }
    },
  },
}
