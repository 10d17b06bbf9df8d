import { type Transaction, sql as text } from 'kysely'
import type { Tables } from '../db/tables.ts'

export interface UsageDay {
  /** UTC date, `YYYY-MM-DD`. */
  day: string
  turns: number
  promptTokens: number
  completionTokens: number
}

/** The days of whoever the scope shows, oldest first. */
export const readUsage = (sql: Transaction<Tables>): Promise<UsageDay[]> =>
  sql
    .selectFrom('usage')
    .select([
      text<string>`to_char(day, 'YYYY-MM-DD')`.as('day'),
      'turns',
      'prompt_tokens as promptTokens',
      'completion_tokens as completionTokens',
    ])
    .orderBy('usage.day')
    .execute()
