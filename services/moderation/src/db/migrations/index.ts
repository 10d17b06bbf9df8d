import type { Migrations } from '@luna/service'
import { policies } from './2026-11-21T01-policies.ts'
import { riskCounts } from './2026-11-21T02-risk-counts.ts'
import { care } from './2026-11-21T03-care.ts'

export const migrations: Migrations = {
  '2026-11-21T01-policies': policies,
  '2026-11-21T02-risk-counts': riskCounts,
  '2026-11-21T03-care': care,
}
