import { secureRows } from '@luna/service'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const erasures: Migration = {
  async up(db) {
    await sql`
      create table erasures (
        id uuid primary key,
        person_id uuid not null unique,
        requested_at timestamptz not null default now(),
        next_send_at timestamptz not null default now(),
        sends integer not null default 0,
        completed_at timestamptz,
        purged integer,
        own_counts jsonb not null default '{}'
      )`.execute(db)
    await sql`create index erasures_due on erasures (next_send_at) where completed_at is null`.execute(db)
    await sql`
      create table erasure_answers (
        erasure_id uuid not null references erasures (id) on delete cascade,
        person_id uuid not null,
        service text not null,
        counts jsonb not null,
        answered_at timestamptz not null default now(),
        primary key (erasure_id, service)
      )`.execute(db)
    await secureRows(db, 'erasures', { person: 'person_id' })
    await secureRows(db, 'erasure_answers', { person: 'person_id' })
  },
}
