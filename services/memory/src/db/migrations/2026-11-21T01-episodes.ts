import { secureRows } from '@luna/service'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Keys begin with the person: two people's rows never meet, not even in a unique index. */
export const episodes: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table conversations (
        person_id uuid not null,
        conversation_id uuid not null,
        leaf_id uuid,
        version bigint not null default -1,
        revision bigint not null default -1,
        heard bigint not null default -1,
        gone boolean not null default false,
        primary key (person_id, conversation_id)
      )`.execute(db)
    await sql`
      create table episodes (
        person_id uuid not null,
        message_id uuid not null,
        conversation_id uuid not null,
        parent_id uuid,
        turn_id uuid,
        character_id uuid,
        speaker text not null check (speaker in ('person', 'character', 'system')),
        said_at timestamptz not null,
        active boolean not null,
        text bytea not null,
        lexemes tsvector not null,
        words integer not null,
        primary key (person_id, message_id),
        foreign key (person_id, conversation_id) references conversations on delete cascade
      )`.execute(db)
    await sql`create index episodes_conversation on episodes (person_id, conversation_id)`.execute(db)
    await sql`create index episodes_parent on episodes (person_id, parent_id)`.execute(db)
    await sql`create index episodes_lexemes on episodes using gin (lexemes)`.execute(db)
    await sql`
      create table forgotten (
        person_id uuid not null,
        message_id uuid not null,
        conversation_id uuid not null,
        primary key (person_id, message_id),
        foreign key (person_id, conversation_id) references conversations on delete cascade
      )`.execute(db)
    await sql`create index forgotten_conversation on forgotten (person_id, conversation_id)`.execute(db)
    for (const table of ['conversations', 'episodes', 'forgotten']) await secureRows(db, table, { person: 'person_id' })
  },
}
