import { secureRows } from '@luna/service'
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence activity_seq`.execute(db)
  await sql`
    create table conversations (
      id uuid primary key,
      person_id uuid not null,
      title bytea,
      title_by text not null default 'none',
      character_ids uuid[] not null,
      active_leaf_id uuid,
      private boolean not null,
      tags bytea,
      tag_keys text[] not null default '{}',
      revision integer not null default 0,
      version integer not null default 1,
      epoch integer not null default 1,
      frame_n bigint not null default 0,
      running_turn_id uuid,
      activity bigint not null default nextval('activity_seq'),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db)
  await sql`create index conversations_by_person on conversations (person_id, activity desc)`.execute(db)
  await sql`
    create table messages (
      id uuid primary key,
      conversation_id uuid not null references conversations on delete cascade,
      person_id uuid not null,
      parent_id uuid references messages on delete cascade,
      turn_id uuid,
      role text not null check (role in ('user', 'assistant', 'system')),
      character_id uuid,
      body bytea not null,
      status text not null default 'complete' check (status in ('complete', 'stopped', 'failed')),
      tags bytea,
      tag_keys text[] not null default '{}',
      search tsvector not null,
      placed boolean not null default true,
      version integer not null default 1,
      seq bigint generated always as identity,
      created_at timestamptz not null default now()
    )`.execute(db)
  await sql`create index messages_by_conversation on messages (conversation_id, seq)`.execute(db)
  await sql`create index messages_by_parent on messages (parent_id)`.execute(db)
  await sql`create index messages_search on messages using gin (search)`.execute(db)
  await sql`
    create table turns (
      id uuid primary key,
      conversation_id uuid not null references conversations on delete cascade,
      person_id uuid not null,
      client_id uuid not null,
      kind text not null check (kind in ('send', 'regenerate', 'begin')),
      state text not null check (state in ('queued', 'running', 'waiting', 'completed', 'failed', 'cancelled')),
      attempt integer not null default 0,
      holder text,
      fence bigint not null default 0,
      cancel_requested boolean not null default false,
      parent_id uuid,
      parent_given boolean not null,
      user_message_id uuid,
      answer_message_id uuid,
      character_id uuid,
      instruction bytea,
      private boolean not null,
      risk text not null default 'none',
      receipt bytea,
      route jsonb,
      usage jsonb,
      error jsonb,
      first_token_ms integer,
      seq bigint generated always as identity,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      ended_at timestamptz,
      unique (person_id, client_id)
    )`.execute(db)
  await sql`create index turns_open on turns (conversation_id, seq) where state in ('queued', 'running', 'waiting')`.execute(
    db,
  )
  await sql`create index turns_by_seq on turns (seq)`.execute(db)
  await sql`
    create table tool_results (
      turn_id uuid not null references turns on delete cascade,
      step integer not null,
      call_id text not null,
      person_id uuid not null,
      name text not null,
      status text not null,
      body bytea not null,
      created_at timestamptz not null default now(),
      primary key (turn_id, call_id)
    )`.execute(db)
  await sql`create table holders (instance_id text primary key, heartbeat_at timestamptz not null default now())`.execute(
    db,
  )
  await sql`
    create table feedback (
      message_id uuid primary key references messages on delete cascade,
      person_id uuid not null,
      conversation_id uuid not null,
      rating text not null check (rating in ('up', 'down')),
      reason bytea,
      created_at timestamptz not null default now()
    )`.execute(db)
  await sql`
    create table shares (
      id uuid primary key,
      person_id uuid not null,
      conversation_id uuid not null references conversations on delete cascade,
      token_hash text not null unique,
      snapshot bytea not null,
      created_at timestamptz not null default now()
    )`.execute(db)
  await sql`
    create table summaries (
      message_id uuid primary key references messages on delete cascade,
      person_id uuid not null,
      conversation_id uuid not null references conversations on delete cascade,
      body bytea not null,
      messages integer not null,
      tokens integer not null,
      created_at timestamptz not null default now()
    )`.execute(db)
  for (const table of ['conversations', 'messages', 'turns', 'tool_results', 'feedback', 'shares', 'summaries'])
    await secureRows(db, table, { person: 'person_id' })
  await sql`
    create function search_messages(query tsquery, most integer, skip integer)
    returns table (id uuid, score real) language sql stable security definer set search_path = chat, pg_temp as $$
      select id, ts_rank(search, query, 1) as score from messages
      where search @@ query and placed
        and current_setting('luna.scope', true) = 'person'
        and person_id = nullif(current_setting('luna.person', true), '')::uuid
      order by score desc, seq desc limit most offset skip
    $$`.execute(db)
}
