import { secureRows } from '@luna/service'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const accounts: Migration = {
  async up(db) {
    await sql`
      create table accounts (
        id uuid primary key,
        owner boolean not null default false,
        email_index bytea unique,
        email_sealed bytea,
        name_sealed bytea not null,
        password_hash text,
        birth_year integer check (birth_year between 1900 and 2100),
        roles text[] not null default '{user}',
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check (owner or (email_index is not null and email_sealed is not null and password_hash is not null))
      )`.execute(db)
    await sql`create unique index accounts_owner on accounts (owner) where owner`.execute(db)
    await sql`
      create table person_keys (
        person_id uuid primary key,
        wrapped bytea not null,
        created_at timestamptz not null default now()
      )`.execute(db)
    await sql`
      create table sessions (
        id uuid primary key,
        person_id uuid not null references accounts (id) on delete cascade,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        ended_at timestamptz
      )`.execute(db)
    await sql`create index sessions_person on sessions (person_id)`.execute(db)
    await sql`create index sessions_expires_at on sessions (expires_at)`.execute(db)
    await sql`
      create table refresh_tokens (
        id uuid primary key,
        session_id uuid not null references sessions (id) on delete cascade,
        person_id uuid not null,
        hash bytea not null unique,
        created_at timestamptz not null default now(),
        used_at timestamptz
      )`.execute(db)
    await sql`create index refresh_tokens_session on refresh_tokens (session_id)`.execute(db)
    await sql`
      create table api_keys (
        id uuid primary key,
        person_id uuid not null references accounts (id) on delete cascade,
        name_sealed bytea not null,
        prefix text not null,
        hash bytea not null unique,
        created_at timestamptz not null default now(),
        last_used_at timestamptz
      )`.execute(db)
    await sql`create index api_keys_person on api_keys (person_id)`.execute(db)
    await sql`
      create table usage (
        person_id uuid not null references accounts (id) on delete cascade,
        day date not null,
        turns integer not null default 0,
        prompt_tokens bigint not null default 0,
        completion_tokens bigint not null default 0,
        primary key (person_id, day)
      )`.execute(db)
    await sql`
      create table idempotent_requests (
        person_id uuid not null references accounts (id) on delete cascade,
        key text not null,
        fingerprint bytea not null,
        status integer,
        response_sealed bytea,
        created_at timestamptz not null default now(),
        primary key (person_id, key)
      )`.execute(db)
    await sql`create index idempotent_requests_created_at on idempotent_requests (created_at)`.execute(db)
    await secureRows(db, 'accounts', { person: 'id' })
    for (const table of ['person_keys', 'sessions', 'refresh_tokens', 'api_keys', 'usage', 'idempotent_requests'])
      await secureRows(db, table, { person: 'person_id' })
  },
}
