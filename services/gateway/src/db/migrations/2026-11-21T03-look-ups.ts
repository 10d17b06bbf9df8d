import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

interface LookUp {
  name: string
  takes: string
  gives: string
  query: string
}

/**
 * What must be answered before anybody is signed in. Each function sees exactly what its one question needs; the scope is
 * put back before it returns.
 */
const lookUps: LookUp[] = [
  {
    name: 'find_account',
    takes: 'indexes bytea[]',
    gives: 'id uuid, password_hash text, email_index bytea',
    query: 'select a.id, a.password_hash, a.email_index from gateway.accounts a where a.email_index = any(indexes)',
  },
  {
    name: 'find_owner',
    takes: '',
    gives: 'id uuid',
    query: 'select a.id from gateway.accounts a where a.owner',
  },
  {
    name: 'find_refresh_token',
    takes: 'wanted bytea',
    gives: 'person_id uuid, session_id uuid',
    query: 'select t.person_id, t.session_id from gateway.refresh_tokens t where t.hash = wanted',
  },
  {
    name: 'find_api_key',
    takes: 'wanted bytea',
    gives: 'id uuid, person_id uuid',
    query: 'select k.id, k.person_id from gateway.api_keys k where k.hash = wanted',
  },
  {
    name: 'find_erasure',
    takes: 'wanted uuid',
    gives: 'requested_at timestamptz, completed_at timestamptz, purged integer, own_counts jsonb, answers jsonb',
    query: `select e.requested_at, e.completed_at, e.purged, e.own_counts,
      coalesce((select jsonb_object_agg(a.service, a.counts) from gateway.erasure_answers a where a.erasure_id = e.id), '{}')
      from gateway.erasures e where e.id = wanted`,
  },
]

export const lookUpFunctions: Migration = {
  async up(db) {
    for (const { name, takes, gives, query } of lookUps) {
      await sql
        .raw(`
        create function gateway.${name}(${takes}) returns table (${gives})
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        #variable_conflict use_column
        declare scope_before text := coalesce(current_setting('luna.scope', true), '');
        begin
          perform set_config('luna.scope', 'system', true);
          return query ${query};
          perform set_config('luna.scope', scope_before, true);
        end $$`)
        .execute(db)
      const signature = `gateway.${name}(${takes.split(' ').slice(1).join(' ')})`
      await sql.raw(`revoke all on function ${signature} from public`).execute(db)
      await sql.raw(`grant execute on function ${signature} to luna_gateway`).execute(db)
    }
  },
}
