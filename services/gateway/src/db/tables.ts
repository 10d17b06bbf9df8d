import type { ErasedPayload } from '@luna/contracts'
import type { Generated, JSONColumnType } from 'kysely'
import type { Role } from '../auth/principal.ts'

/** Name and mail address are sealed with the person's own key, so that destroying it is enough to forget them. */
export interface AccountsTable {
  id: string
  /** The one account of local mode, without mail address and password. */
  owner: Generated<boolean>
  /** HMAC-SHA256 of the normalised address: see `Secrets.emailIndexes`. */
  email_index: Buffer | null
  email_sealed: Buffer | null
  name_sealed: Buffer
  /** Argon2id in PHC string format. */
  password_hash: string | null
  birth_year: number | null
  roles: Role[]
  version: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** What a person was told of what answers here, and since when they have been here. */
export interface CareTable {
  person_id: string
  disclosed_at: Date | null
  seen_at: Date | null
  using_since: Date | null
  reminded_at: Date | null
}

export interface PersonKeysTable {
  person_id: string
  /** The data key wrapped by the master key. */
  wrapped: Buffer
  created_at: Generated<Date>
}

export interface SessionsTable {
  id: string
  person_id: string
  created_at: Generated<Date>
  expires_at: Date
  ended_at: Date | null
}

/** The tokens of a session are one family: each is used once, and a second use ends the session. */
export interface RefreshTokensTable {
  id: string
  session_id: string
  person_id: string
  hash: Buffer
  created_at: Generated<Date>
  used_at: Date | null
}

export interface ApiKeysTable {
  id: string
  person_id: string
  name_sealed: Buffer
  /** The first characters of the secret, to recognise it by. */
  prefix: string
  hash: Buffer
  created_at: Generated<Date>
  last_used_at: Date | null
}

export interface ErasuresTable {
  id: string
  person_id: string
  requested_at: Generated<Date>
  next_send_at: Generated<Date>
  sends: Generated<number>
  completed_at: Date | null
  /** Stored bus messages that went with the person. */
  purged: number | null
  /** What the gateway itself has erased, by table. */
  own_counts: JSONColumnType<Record<string, number>> | null
}

export interface ErasureAnswersTable {
  erasure_id: string
  person_id: string
  service: string
  counts: JSONColumnType<ErasedPayload['counts']>
  answered_at: Generated<Date>
}

export interface UsageTable {
  person_id: string
  /** UTC date, `YYYY-MM-DD`. */
  day: string
  turns: number
  prompt_tokens: number
  completion_tokens: number
}

export interface IdempotentRequestsTable {
  person_id: string
  key: string
  /** SHA-256 of method, path and body: another request under the same key is a conflict. */
  fingerprint: Buffer
  /** Null while the first request is in hand. */
  status: number | null
  response_sealed: Buffer | null
  created_at: Generated<Date>
}

export interface Tables {
  care: CareTable
  accounts: AccountsTable
  person_keys: PersonKeysTable
  sessions: SessionsTable
  refresh_tokens: RefreshTokensTable
  api_keys: ApiKeysTable
  erasures: ErasuresTable
  erasure_answers: ErasureAnswersTable
  usage: UsageTable
  idempotent_requests: IdempotentRequestsTable
}
