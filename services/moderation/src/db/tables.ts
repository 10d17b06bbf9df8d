import type { Policy, RiskLevel } from '@luna/contracts'
import type { ColumnType, Generated } from 'kysely'

/** Every policy that ever held; rows are added and never changed. */
export interface PolicyTable {
  version: number
  policy: ColumnType<Omit<Policy, 'version'>, string, never>
  created_at: Generated<Date>
}

/** How many turns ended at which risk of the person on a day (UTC): numbers without ids, for the yearly report. */
export interface RiskCountTable {
  day: string
  risk: RiskLevel
  turns: number
}

export interface Tables {
  policies: PolicyTable
  risk_counts: RiskCountTable
}
