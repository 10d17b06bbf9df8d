import { secureRows } from '@luna/service'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Derived memories. What follows from the text is kept by the database itself: triggers number every change of a person's
 * rows (in the order of commits, since the person's row is locked by it), take away what has lost its source, and renumber
 * what stands or falls with another row. No handler can forget it.
 */
export const memories: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...tables, ...functions, ...triggers]) await sql.raw(statement).execute(db)
    for (const table of [
      'persons',
      'memories',
      'memory_versions',
      'memory_sources',
      'withheld',
      'removals',
      'unlearned',
      'summaries',
      'vectors',
      'journal',
    ])
      await secureRows(db, table, { person: 'person_id' })
  },
}

const tables = [
  `create table persons (
    person_id uuid primary key,
    seq bigint not null default 0,
    paused boolean not null default false,
    sharing text not null default 'shared' check (sharing in ('shared', 'character'))
  )`,
  `create table memories (
    person_id uuid not null,
    id uuid not null,
    version integer not null default 1,
    character_id uuid,
    kind text not null check (kind in ('fact', 'preference', 'event', 'relationship', 'plan', 'emotion', 'insight')),
    origin text not null check (origin in ('person', 'model', 'rules')),
    extractor text not null,
    body bytea not null,
    slot text,
    content_hash text not null,
    importance smallint not null check (importance between 1 and 5),
    valence real not null check (valence between -1 and 1),
    confidence real not null check (confidence between 0 and 1),
    sensitivity text not null default 'normal' check (sensitivity in ('normal', 'sensitive')),
    pinned boolean not null default false,
    observed_at timestamptz not null,
    valid_from timestamptz,
    valid_to timestamptz,
    superseded_by uuid,
    superseded_at timestamptz,
    used_count integer not null default 0,
    used_at timestamptz,
    lexemes tsvector not null,
    seq bigint not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (person_id, id)
  )`,
  'create index memories_seq on memories (person_id, seq)',
  'create index memories_slot on memories (person_id, slot) where slot is not null',
  'create index memories_hash on memories (person_id, content_hash)',
  'create index memories_superseded on memories (person_id, superseded_by) where superseded_by is not null',
  'create index memories_lexemes on memories using gin (lexemes)',
  `create table memory_versions (
    person_id uuid not null,
    memory_id uuid not null,
    version integer not null,
    body bytea not null,
    valid_from timestamptz,
    valid_to timestamptz,
    reason text not null,
    recorded_at timestamptz not null default now(),
    primary key (person_id, memory_id, version),
    foreign key (person_id, memory_id) references memories on delete cascade
  )`,
  `create table memory_sources (
    person_id uuid not null,
    memory_id uuid not null,
    message_id uuid not null,
    conversation_id uuid not null,
    needed boolean not null,
    from_char integer not null,
    to_char integer not null,
    primary key (person_id, memory_id, message_id),
    foreign key (person_id, memory_id) references memories on delete cascade,
    foreign key (person_id, message_id) references episodes on delete cascade
  )`,
  'create index memory_sources_message on memory_sources (person_id, message_id)',
  `create table withheld (
    person_id uuid not null,
    message_id uuid not null,
    from_char integer not null,
    to_char integer not null,
    because uuid,
    primary key (person_id, message_id, from_char, to_char),
    foreign key (person_id, message_id) references episodes on delete cascade
  )`,
  'create index withheld_because on withheld (person_id, because) where because is not null',
  `create table removals (
    person_id uuid not null,
    id uuid not null,
    seq bigint not null,
    primary key (person_id, id)
  )`,
  'create index removals_seq on removals (person_id, seq)',
  `create table unlearned (
    person_id uuid not null,
    content_hash text not null,
    at timestamptz not null default now(),
    primary key (person_id, content_hash)
  )`,
  `create table summaries (
    person_id uuid not null,
    conversation_id uuid not null,
    through uuid not null,
    messages integer not null,
    body bytea not null,
    extractor text not null,
    made_at timestamptz not null default now(),
    primary key (person_id, conversation_id),
    foreign key (person_id, conversation_id) references conversations on delete cascade
  )`,
  `create table vectors (
    person_id uuid not null,
    id uuid not null,
    kind text not null check (kind in ('episode', 'memory')),
    model text not null,
    dimensions integer not null,
    vector bytea not null,
    primary key (person_id, id)
  )`,
  `create table journal (
    person_id uuid not null,
    id uuid not null,
    version integer not null default 1,
    body bytea not null,
    mood smallint check (mood between 1 and 5),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (person_id, id)
  )`,
  'create index journal_created on journal (person_id, created_at desc)',
  // Work tables: ids alone, so that any process finds what is to be done for anybody.
  `create table extraction_jobs (
    person_id uuid not null,
    conversation_id uuid not null,
    messages integer not null default 0,
    due_at timestamptz not null,
    claimed_until timestamptz,
    fence bigint not null default 0,
    tries integer not null default 0,
    primary key (person_id, conversation_id)
  )`,
  'create index extraction_jobs_due on extraction_jobs (due_at)',
  `create table projection_jobs (
    seq bigint generated always as identity primary key,
    person_id uuid not null,
    id uuid,
    removed boolean not null,
    due_at timestamptz not null default now()
  )`,
  'create index projection_jobs_due on projection_jobs (due_at)',
  `alter table episodes
    add column seq bigint not null default 0,
    add column extracted text`,
  'create index episodes_seq on episodes (person_id, seq)',
  'create index episodes_to_extract on episodes (person_id, conversation_id) where extracted is null',
  'create index conversations_stale on conversations (person_id) where revision < heard and not gone',
]

const functions = [
  `create function next_seq(person uuid) returns bigint language sql as $$
    insert into persons (person_id, seq) values (person, 1)
    on conflict (person_id) do update set seq = persons.seq + 1 returning seq
  $$`,
  `create function numbered() returns trigger language plpgsql as $$
    begin
      new.seq := next_seq(new.person_id);
      return new;
    end $$`,
  // A memory stands while all that it was concluded from stands, or something else that says the same.
  `create function stands(who uuid, memory uuid) returns boolean language sql stable as $$
    select m.origin = 'person'
      or coalesce((
        select bool_and(e.active and c.revision >= c.heard) filter (where s.needed)
          or coalesce(bool_or(e.active and c.revision >= c.heard) filter (where not s.needed), false)
        from memory_sources s
        join episodes e on e.person_id = s.person_id and e.message_id = s.message_id
        join conversations c on c.person_id = e.person_id and c.conversation_id = e.conversation_id
        where s.person_id = m.person_id and s.memory_id = m.id
      ), false)
    from memories m where m.person_id = who and m.id = memory
  $$`,
  `create function renumber_dependents(who uuid, messages uuid[]) returns void language plpgsql as $$
    declare touched uuid[];
    begin
      select array_agg(distinct memory_id) into touched from memory_sources
        where person_id = who and message_id = any(messages);
      if touched is null then return; end if;
      update memories set seq = seq where person_id = who and (id = any(touched) or superseded_by = any(touched));
      update episodes set seq = seq where person_id = who and message_id in (
        select message_id from withheld where person_id = who and because = any(touched));
    end $$`,
  `create function episodes_switched() returns trigger language plpgsql as $$
    declare each record;
    begin
      for each in
        select n.person_id, array_agg(n.message_id) as ids from now_rows n
        join was_rows w on w.person_id = n.person_id and w.message_id = n.message_id
        where n.active <> w.active group by n.person_id
      loop
        perform renumber_dependents(each.person_id, each.ids);
      end loop;
      return null;
    end $$`,
  `create function episodes_gone() returns trigger language plpgsql as $$
    begin
      insert into removals (person_id, id, seq)
        select person_id, message_id, next_seq(person_id) from gone
        on conflict (person_id, id) do update set seq = excluded.seq;
      delete from vectors v using gone g where v.person_id = g.person_id and v.id = g.message_id;
      delete from summaries s using gone g where s.person_id = g.person_id and s.conversation_id = g.conversation_id;
      return null;
    end $$`,
  // What has lost what it was concluded from goes with it.
  `create function sources_gone() returns trigger language plpgsql as $$
    begin
      delete from memories m using (select distinct person_id, memory_id, bool_or(needed) as needed from gone group by 1, 2) g
        where m.person_id = g.person_id and m.id = g.memory_id and m.origin <> 'person'
          and not exists (
            select 1 from memory_sources s
            where s.person_id = m.person_id and s.memory_id = m.id and (not s.needed or not g.needed));
      return null;
    end $$`,
  `create function memories_gone() returns trigger language plpgsql as $$
    begin
      insert into removals (person_id, id, seq)
        select person_id, id, next_seq(person_id) from gone
        on conflict (person_id, id) do update set seq = excluded.seq;
      update memories m set superseded_by = null, superseded_at = null
        from gone g where m.person_id = g.person_id and m.superseded_by = g.id;
      delete from withheld w using gone g where w.person_id = g.person_id and w.because = g.id;
      delete from vectors v using gone g where v.person_id = g.person_id and v.id = g.id;
      return null;
    end $$`,
  `create function withheld_changed() returns trigger language plpgsql as $$
    begin
      update episodes e set seq = e.seq from changed c
        where e.person_id = c.person_id and e.message_id = c.message_id;
      return null;
    end $$`,
  `create function vectors_changed() returns trigger language plpgsql as $$
    begin
      insert into projection_jobs (person_id, id, removed) select person_id, id, tg_op = 'DELETE' from changed;
      return null;
    end $$`,
]

const triggers = [
  'create trigger numbered before insert on episodes for each row execute function numbered()',
  'create trigger numbered before insert on memories for each row execute function numbered()',
  // That something was read or used changes nothing that can be found.
  `create trigger renumbered before update on episodes for each row
    when (old.extracted is not distinct from new.extracted) execute function numbered()`,
  `create trigger renumbered before update on memories for each row
    when (old.used_count = new.used_count) execute function numbered()`,
  `create trigger switched after update on episodes referencing old table as was_rows new table as now_rows
    for each statement execute function episodes_switched()`,
  `create trigger gone after delete on episodes referencing old table as gone
    for each statement execute function episodes_gone()`,
  `create trigger gone after delete on memory_sources referencing old table as gone
    for each statement execute function sources_gone()`,
  `create trigger gone after delete on memories referencing old table as gone
    for each statement execute function memories_gone()`,
  `create trigger written after insert on withheld referencing new table as changed
    for each statement execute function withheld_changed()`,
  `create trigger gone after delete on withheld referencing old table as changed
    for each statement execute function withheld_changed()`,
  `create trigger written after insert on vectors referencing new table as changed
    for each statement execute function vectors_changed()`,
  `create trigger rewritten after update on vectors referencing new table as changed
    for each statement execute function vectors_changed()`,
  `create trigger gone after delete on vectors referencing old table as changed
    for each statement execute function vectors_changed()`,
]
