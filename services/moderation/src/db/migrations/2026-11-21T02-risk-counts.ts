import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const riskCounts: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table risk_counts (
        day date not null,
        risk text not null check (risk in ('none', 'low', 'high', 'imminent')),
        turns bigint not null,
        primary key (day, risk)
      )`.execute(db)
  },
}
