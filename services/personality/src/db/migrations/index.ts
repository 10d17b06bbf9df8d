import type { Migrations } from '@luna/service'
import { characters, minds } from './2026-11-21T04-characters.ts'
import { lookUps } from './2026-11-21T05-look-ups.ts'

export const migrations: Migrations = {
  '2026-11-21T04-characters': characters,
  '2026-11-21T04-minds': minds,
  '2026-11-21T05-look-ups': lookUps,
}
