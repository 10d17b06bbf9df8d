import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { policy1 } from '../../policies/policy-1.ts'

export const policies: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table policies (
        version integer primary key,
        policy jsonb not null,
        created_at timestamptz not null default now()
      )`.execute(db)
    const { version, ...policy } = policy1
    await sql`insert into policies (version, policy) values (${version}, ${JSON.stringify(policy)}::jsonb)`.execute(db)
  },
}
