import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const scope = `nullif(current_setting('luna.scope', true), '')`
const personId = `nullif(current_setting('luna.person', true), '')::uuid`
const workspaceId = `nullif(current_setting('luna.workspace', true), '')::uuid`

/** Each checks the scope itself: below row level security PostgreSQL may not use the full-text index, as `@@` is not leakproof. */
export const lookUps: Migration = {
  async up(db: Kysely<unknown>) {
    await sql
      .raw(`
      create function find_characters(mine tsquery, open tsquery, my_tags text[], open_tags text[], lang text, shelf text, only_own boolean)
      returns table (id uuid, score real, tag_keys text[], language text, visibility text, updated_at timestamptz)
      language sql stable security definer set search_path = personality, pg_temp as $$
        select c.id,
          case when open is null then 0 else ts_rank('{0.1,0.2,0.4,1}', c.lexemes, case when c.visibility = 'private' then mine else open end, 1) end,
          c.tag_keys, c.language, c.visibility, c.updated_at
        from characters c
        where ${scope} is not null
          and (
            (c.visibility = 'private' and c.owner_id = ${personId}
              and (mine is null or c.lexemes @@ mine) and c.tag_keys @> my_tags)
            or (c.visibility = 'public'
              and (open is null or c.lexemes @@ open) and c.tag_keys @> open_tags)
            or (c.visibility = 'workspace' and ${scope} = 'workspace' and c.workspace_id = ${workspaceId}
              and (open is null or c.lexemes @@ open) and c.tag_keys @> open_tags)
          )
          and (lang is null or c.language = lang)
          and (shelf is null or c.visibility = shelf)
          and (not only_own or c.owner_id = ${personId})
      $$`)
      .execute(db)
    await sql
      .raw(`
      create function usage_of(wanted uuid)
      returns table (turns bigint, people bigint, tokens bigint, milliseconds bigint, generations bigint, rated bigint, stars numeric)
      language plpgsql security definer set search_path = personality, pg_temp as $$
      declare scope_before text := coalesce(current_setting('luna.scope', true), '');
      begin
        if not exists (select 1 from characters c where c.id = wanted and c.owner_id = ${personId}) then return; end if;
        perform set_config('luna.scope', 'system', true);
        return query select coalesce(sum(u.turns), 0)::bigint, count(*) filter (where u.turns > 0),
          coalesce(sum(u.tokens), 0)::bigint, coalesce(sum(u.milliseconds), 0)::bigint,
          coalesce(sum(u.generations), 0)::bigint, count(u.stars), avg(u.stars)
          from character_usage u where u.character_id = wanted;
        perform set_config('luna.scope', scope_before, true);
      end $$`)
      .execute(db)
  },
}
