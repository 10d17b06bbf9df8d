import type {
  AgeGroup,
  Decision,
  Direction,
  Policy,
  PolicyAction,
  Rating,
  ReviewState,
  RiskLevel,
  Verdict,
} from '@luna/contracts'
import type { ColumnType, Generated } from 'kysely'

/** Every policy that ever held; rows are added and never changed. */
export interface PolicyTable {
  version: number
  policy: ColumnType<Omit<Policy, 'version'>, string, never>
  workspace_id: Generated<string | null>
  rating: Generated<Rating | null>
  age: Generated<AgeGroup | null>
  /** Of who asked for it: the same id is one version. */
  request_id: Generated<string | null>
  note: Generated<string>
  created_at: Generated<Date>
}

/** How many turns ended at which risk of the person on a day (UTC): numbers without ids, for the yearly report. */
export interface RiskCountTable {
  day: string
  risk: RiskLevel
  turns: number
}

export type StoredClass = Omit<Verdict['classes'][number], 'span'>

/** Verdicts that asked for something, without the text: what a policy is tried out on. */
export interface VerdictTable {
  id: string
  person_id: string
  conversation_id: string | null
  turn_id: string | null
  direction: Direction
  classes: ColumnType<StoredClass[], string, never>
  risk: RiskLevel
  action: PolicyAction
  rule_version: string
  policy_version: number
  at: Generated<Date>
}

/** Reason, note and appeal are sealed with the key of the person whom they are about. */
export interface ReviewTable {
  id: string
  person_id: string
  verdict_id: string
  turn_id: string | null
  state: Generated<ReviewState>
  claimed_by: Generated<string | null>
  claimed_until: Generated<Date | null>
  decided_by: Generated<string | null>
  decision: Generated<Decision | null>
  reason: Generated<Buffer | null>
  note: Generated<Buffer | null>
  appeal: Generated<Buffer | null>
  version: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface StrikeTable {
  id: string
  person_id: string
  review_id: string
  /** Whether the person may not write until it expires. */
  restricts: boolean
  at: Generated<Date>
  expires_at: Date
}

export interface CrisisTable {
  id: string
  person_id: string
  conversation_id: string | null
  turn_id: string
  risk: RiskLevel
  at: Generated<Date>
  check_in_at: Date | null
  checked_in_at: Generated<Date | null>
}

export interface CareCountTable {
  day: string
  kind: 'card' | 'check-in' | 'decision'
  detail: string
  count: number
}

export interface AuditTable {
  n: number
  /** JSON of the entry, byte for byte what was hashed. */
  entry: string
  hash: string
}

export interface AuditHeadTable {
  only_row: Generated<boolean>
  n: number
  hash: string
}

export interface Tables {
  policies: PolicyTable
  risk_counts: RiskCountTable
  verdicts: VerdictTable
  reviews: ReviewTable
  strikes: StrikeTable
  crises: CrisisTable
  care_counts: CareCountTable
  audit: AuditTable
  audit_head: AuditHeadTable
}
