import { secureRows } from '@luna/service'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What people were told of what answers here, and how long they have been here. */
export const care: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table care (
        person_id uuid primary key references accounts on delete cascade,
        disclosed_at timestamptz,
        seen_at timestamptz,
        using_since timestamptz,
        reminded_at timestamptz
      )`.execute(db)
    await secureRows(db, 'care', { person: 'person_id' })
  },
}
