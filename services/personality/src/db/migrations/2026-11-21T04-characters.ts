import { secureRows } from '@luna/service'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Whoever acts on somebody's behalf may read what is public; only the owner writes. */
const readable = `visibility = 'public' and nullif(current_setting('luna.scope', true), '') is not null`

export const characters: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table characters (
        id uuid primary key,
        owner_id uuid,
        workspace_id uuid,
        visibility text not null check (visibility in ('private', 'workspace', 'public')),
        slug_key text not null unique,
        version integer not null,
        language text not null,
        tag_keys text[] not null,
        lexemes tsvector not null,
        head bytea not null,
        body bytea not null,
        avatar text,
        built_in boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        check (built_in or owner_id is not null),
        check (visibility <> 'workspace' or workspace_id is not null)
      )`.execute(db)
    await sql`create index characters_owner on characters (owner_id)`.execute(db)
    await sql`create index characters_lexemes on characters using gin (lexemes)`.execute(db)
    await sql`create index characters_tags on characters using gin (tag_keys)`.execute(db)
    await sql`
      create table character_versions (
        character_id uuid not null references characters on delete cascade,
        version integer not null,
        owner_id uuid,
        shelf text not null,
        workspace_id uuid,
        changed text[] not null,
        body bytea not null,
        at timestamptz not null default now(),
        primary key (character_id, version)
      )`.execute(db)
    await sql`
      create table character_usage (
        character_id uuid not null,
        person_id uuid not null,
        turns bigint not null default 0,
        tokens bigint not null default 0,
        milliseconds bigint not null default 0,
        generations bigint not null default 0,
        stars smallint check (stars between 1 and 5),
        primary key (character_id, person_id)
      )`.execute(db)
    await sql`create index character_usage_person on character_usage (person_id)`.execute(db)
    await secureRows(db, 'characters', { person: 'owner_id', workspace: 'workspace_id' })
    await secureRows(db, 'character_versions', { person: 'owner_id' })
    await secureRows(db, 'character_usage', { person: 'person_id' })
    await sql.raw(`create policy readable on characters for select using (${readable})`).execute(db)
  },
}

export const minds: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table moods (
        person_id uuid not null,
        character_id uuid not null,
        enabled boolean not null default true,
        version integer not null default 1,
        primary key (person_id, character_id)
      )`.execute(db)
    await sql`
      create table mood_turns (
        person_id uuid not null,
        character_id uuid not null,
        turn_id uuid not null,
        conversation_id uuid not null,
        at timestamptz not null,
        sentiment double precision not null,
        energy double precision not null,
        laughed boolean not null,
        valence double precision not null check (valence between -1 and 1),
        arousal double precision not null check (arousal between -1 and 1),
        empathy double precision not null,
        humour double precision not null,
        patience double precision not null,
        primary key (person_id, character_id, turn_id)
      )`.execute(db)
    await sql`create index mood_turns_at on mood_turns (person_id, character_id, at, turn_id)`.execute(db)
    await sql`
      create table personas (
        id uuid primary key,
        person_id uuid not null,
        body bytea not null,
        is_default boolean not null,
        version integer not null default 1
      )`.execute(db)
    await sql`create unique index personas_default on personas (person_id) where is_default`.execute(db)
    await sql`create index personas_person on personas (person_id)`.execute(db)
    await sql`
      create table lorebooks (
        id uuid primary key,
        person_id uuid not null,
        scope text not null check (scope in ('person', 'character', 'conversation')),
        target_id uuid,
        entries integer not null,
        body bytea not null,
        version integer not null default 1,
        check ((scope = 'person') = (target_id is null))
      )`.execute(db)
    await sql`create index lorebooks_person on lorebooks (person_id)`.execute(db)
    await sql`
      create table conversations (
        person_id uuid not null,
        conversation_id uuid not null,
        turns integer not null default 0,
        persona_id uuid references personas on delete set null,
        greeting integer not null default 0,
        cast_ids uuid[] not null default '{}',
        speaker_order text not null default 'natural',
        spoken uuid[] not null default '{}',
        next_speaker uuid,
        next_after uuid,
        story bytea,
        lore jsonb not null default '{}',
        version integer not null default 1,
        primary key (person_id, conversation_id)
      )`.execute(db)
    await sql`
      create table generations (
        id uuid primary key,
        person_id uuid not null,
        state text not null check (state in ('running', 'done', 'failed')),
        body bytea not null,
        updated_at timestamptz not null default now()
      )`.execute(db)
    await sql`create index generations_person on generations (person_id)`.execute(db)
    for (const table of ['moods', 'mood_turns', 'personas', 'lorebooks', 'conversations', 'generations'])
      await secureRows(db, table, { person: 'person_id' })
  },
}
