import { secureRows } from '@luna/service'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Policies by audience, verdicts, the review queue with strikes, the crisis protocol and the audit chain. */
export const care: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table policies
        add column workspace_id uuid,
        add column rating text check (rating in ('everyone', 'teen', 'mature')),
        add column age text check (age in ('minor', 'adult', 'unknown')),
        add column request_id uuid unique,
        add column note text not null default ''`.execute(db)
    await sql`
      create table verdicts (
        id uuid primary key,
        person_id uuid not null,
        conversation_id uuid,
        turn_id uuid,
        direction text not null,
        classes jsonb not null,
        risk text not null,
        action text not null,
        rule_version text not null,
        policy_version integer not null,
        at timestamptz not null default now()
      )`.execute(db)
    await sql`create index verdicts_by_time on verdicts (at)`.execute(db)
    await secureRows(db, 'verdicts', { person: 'person_id' })
    await sql`
      create table reviews (
        id uuid primary key,
        person_id uuid not null,
        verdict_id uuid not null references verdicts on delete cascade,
        turn_id uuid,
        state text not null default 'open' check (state in ('open', 'claimed', 'decided', 'appealed', 'closed')),
        claimed_by uuid,
        claimed_until timestamptz,
        decided_by uuid,
        decision text check (decision in ('dismiss', 'uphold', 'strike', 'restrict')),
        reason bytea,
        note bytea,
        appeal bytea,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`.execute(db)
    await sql`create index reviews_by_state on reviews (state, id)`.execute(db)
    await secureRows(db, 'reviews', { person: 'person_id', moderator: 'true' })
    await sql`
      create table strikes (
        id uuid primary key,
        person_id uuid not null,
        review_id uuid not null references reviews on delete cascade,
        restricts boolean not null,
        at timestamptz not null default now(),
        expires_at timestamptz not null
      )`.execute(db)
    await sql`create index strikes_by_person on strikes (person_id, expires_at)`.execute(db)
    await secureRows(db, 'strikes', { person: 'person_id', moderator: 'true' })
    await sql`
      create table crises (
        id uuid primary key,
        person_id uuid not null,
        conversation_id uuid,
        turn_id uuid not null unique,
        risk text not null,
        at timestamptz not null default now(),
        check_in_at timestamptz,
        checked_in_at timestamptz
      )`.execute(db)
    await sql`create index crises_due on crises (check_in_at) where checked_in_at is null`.execute(db)
    await secureRows(db, 'crises', { person: 'person_id' })
    await sql`
      create table care_counts (
        day date not null,
        kind text not null,
        detail text not null,
        count bigint not null,
        primary key (day, kind, detail)
      )`.execute(db)
    await sql`
      create table audit (
        n bigint primary key,
        entry text not null,
        hash text not null
      )`.execute(db)
    await sql`
      create table audit_head (
        only_row boolean primary key default true check (only_row),
        n bigint not null,
        hash text not null
      )`.execute(db)
    await sql`insert into audit_head (n, hash) values (0, '')`.execute(db)
    await sql`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit is append-only: % is refused', tg_op;
      end $$`.execute(db)
    await sql`
      create trigger append_only before update or delete or truncate on audit
      for each statement execute function refuse_change()`.execute(db)
  },
}
