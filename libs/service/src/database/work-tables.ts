import { type Generated, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Tables every service has. They hold ids only and stand outside row level security. */
export interface WorkTables {
  outbox: {
    seq: Generated<number>
    kind: 'event' | 'frame'
    /** The event's id; of a frame, any. */
    id: string
    name: string
    /** Of a frame: the feed's key. */
    key: string | null
    person_id: string | null
    /** Of an event: its data. Of a frame: ids from which the frame is built again. */
    data: string
    headers: string
    claimed_until: Generated<Date>
  }
  inbox: { event_id: string; listener: string; handled_at: Generated<Date> }
  erased_persons: { person_id: string; erasure_id: string; erased_at: Generated<Date> }
}

/** SQLSTATE that `once()` raises when an event was handled before, or its person is erased. */
export const alreadyHandled = 'LU001'
/** SQLSTATE that `enter()` raises when the person is erased. */
export const personErased = 'LU002'

export const workTablesMigration = (schema: string): Migration => ({
  async up(db: Kysely<unknown>) {
    await sql`
      create table outbox (
        seq bigint generated always as identity primary key,
        kind text not null check (kind in ('event', 'frame')),
        id uuid not null,
        name text not null,
        key text,
        person_id uuid,
        data text not null,
        headers text not null,
        claimed_until timestamptz not null default now() + interval '10 seconds'
      )`.execute(db)
    await sql`create index outbox_claimed_until on outbox (claimed_until)`.execute(db)
    await sql`
      create table inbox (
        event_id uuid not null,
        listener text not null,
        handled_at timestamptz not null default now(),
        primary key (event_id, listener)
      )`.execute(db)
    await sql`create index inbox_handled_at on inbox (handled_at)`.execute(db)
    await sql`
      create table erased_persons (
        person_id uuid primary key,
        erasure_id uuid not null,
        erased_at timestamptz not null default now()
      )`.execute(db)
    await sql
      .raw(`
      create function ${schema}.once(event uuid, who text, person uuid) returns void language plpgsql as $$
      begin
        if person is not null and exists (select 1 from ${schema}.erased_persons where person_id = person) then
          raise exception 'person erased' using errcode = '${alreadyHandled}';
        end if;
        insert into ${schema}.inbox (event_id, listener) values (event, who) on conflict do nothing;
        if not found then
          raise exception 'handled before' using errcode = '${alreadyHandled}';
        end if;
      end $$`)
      .execute(db)
    await sql
      .raw(`
      create function ${schema}.enter(person uuid) returns void language plpgsql as $$
      begin
        perform pg_advisory_xact_lock_shared(hashtextextended(person::text, 0));
        if exists (select 1 from ${schema}.erased_persons where person_id = person) then
          raise exception 'person erased' using errcode = '${personErased}';
        end if;
      end $$`)
      .execute(db)
  },
})
