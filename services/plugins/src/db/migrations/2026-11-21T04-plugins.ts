import { secureRows } from '@luna/service'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Keys begin with the person: two people's rows never meet, not even in a unique index. */
export const plugins: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table manifests (
        person_id uuid not null,
        plugin_id text not null,
        source text not null,
        manifest jsonb not null,
        hash text not null,
        created_at timestamptz not null default now(),
        primary key (person_id, plugin_id)
      )`.execute(db)
    await sql`
      create table installs (
        person_id uuid not null,
        plugin_id text not null,
        workspace_id uuid,
        source text not null,
        manifest jsonb not null,
        hash text not null,
        granted jsonb not null,
        enabled boolean not null,
        removed boolean not null,
        version integer not null default 1,
        updated_at timestamptz not null default now()
      )`.execute(db)
    await sql`create unique index installs_own on installs (person_id, plugin_id) where workspace_id is null`.execute(
      db,
    )
    await sql`create unique index installs_shared on installs (workspace_id, plugin_id) where workspace_id is not null`.execute(
      db,
    )
    await sql`
      create table consents (
        person_id uuid not null,
        plugin_id text not null,
        action text not null,
        decision text not null check (decision in ('always', 'never', 'ask')),
        primary key (person_id, plugin_id, action)
      )`.execute(db)
    await sql`
      create table secrets (
        person_id uuid not null,
        plugin_id text not null,
        name text not null,
        value bytea not null,
        updated_at timestamptz not null default now(),
        primary key (person_id, plugin_id, name)
      )`.execute(db)
    await sql`
      create table stored (
        person_id uuid not null,
        plugin_id text not null,
        key text not null,
        value bytea not null,
        primary key (person_id, plugin_id, key)
      )`.execute(db)
    await sql`
      create table runs (
        id uuid primary key,
        person_id uuid not null,
        call_id text not null,
        plugin_id text not null,
        plugin_version text not null,
        action text not null,
        origin text not null,
        turn_id uuid,
        holder text not null,
        status text not null check (status in ('running', 'done', 'failed', 'cancelled', 'unknown')),
        cancel_requested boolean not null default false,
        arguments bytea not null,
        result bytea,
        result_bytes integer not null default 0,
        error_code text,
        started_at timestamptz not null default now(),
        lease_until timestamptz not null,
        ended_at timestamptz,
        unique (person_id, call_id)
      )`.execute(db)
    await sql`create index runs_newest on runs (person_id, id desc)`.execute(db)
    await sql`
      create table timers (
        id uuid primary key,
        person_id uuid not null,
        plugin_id text not null,
        conversation_id uuid not null,
        character_id uuid,
        due_at timestamptz not null,
        body bytea not null,
        state text not null check (state in ('waiting', 'done', 'cancelled', 'failed')),
        tries integer not null default 0,
        next_try_at timestamptz not null
      )`.execute(db)
    await sql`create index timers_next on timers (next_try_at) where state = 'waiting'`.execute(db)
    await sql`
      create table sign_ins (
        state text primary key,
        person_id uuid not null,
        plugin_id text not null,
        body bytea not null,
        expires_at timestamptz not null
      )`.execute(db)
    const own = { person: 'person_id' }
    await secureRows(db, 'installs', { ...own, workspace: 'workspace_id' })
    for (const table of ['manifests', 'consents', 'secrets', 'stored', 'runs', 'timers', 'sign_ins'])
      await secureRows(db, table, own)
  },
}
