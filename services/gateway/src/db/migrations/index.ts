import type { Migrations } from '@luna/service'
import { accounts } from './2026-11-21T01-accounts.ts'
import { erasures } from './2026-11-21T02-erasures.ts'
import { lookUpFunctions } from './2026-11-21T03-look-ups.ts'
import { care } from './2026-11-21T05-care.ts'

export const migrations: Migrations = {
  '2026-11-21T01-accounts': accounts,
  '2026-11-21T02-erasures': erasures,
  '2026-11-21T03-look-ups': lookUpFunctions,
  '2026-11-21T05-care': care,
}
