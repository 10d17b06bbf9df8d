import type { ClientBase } from 'pg'

/** The role that the embedded bus logs in as; it sees this schema only. */
export const busRole = 'luna_bus'

/** Plain idempotent DDL, in order. Columns are explained where they are not obvious. */
export const busMigrations: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS bus',

  // Who is known to the log; an event gets a delivery for each at publish time, up or not.
  `CREATE TABLE IF NOT EXISTS bus.listeners (
     listener text PRIMARY KEY,
     event text NOT NULL,
     registered_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX IF NOT EXISTS listeners_event ON bus.listeners (event)',

  // open: deliveries not yet handled. At 0 the row is a husk (no data, no person) that only remembers the id for a while.
  `CREATE TABLE IF NOT EXISTS bus.events (
     seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     id text NOT NULL UNIQUE,
     name text NOT NULL,
     person_id text,
     data text NOT NULL,
     headers text NOT NULL,
     open int NOT NULL,
     published_at timestamptz NOT NULL DEFAULT now())
   WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500)`,

  // due_at: when it may be taken; while leased, the end of the lease; infinity for a dead letter.
  // leased_by: the instance that holds it; still set on a due row, it tells that its holder died or stalled.
  // listener '': waits for the first listener of its event.
  `CREATE TABLE IF NOT EXISTS bus.deliveries (
     event_seq bigint NOT NULL,
     listener text NOT NULL,
     attempts int NOT NULL DEFAULT 0,
     due_at timestamptz NOT NULL,
     leased_by int,
     dead_id bigint,
     dead_at timestamptz,
     reason text,
     PRIMARY KEY (event_seq, listener))
   WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500)`,
  'CREATE INDEX IF NOT EXISTS deliveries_due ON bus.deliveries (listener, due_at)',
  'CREATE UNIQUE INDEX IF NOT EXISTS deliveries_dead ON bus.deliveries (dead_id) WHERE dead_id IS NOT NULL',

  'CREATE SEQUENCE IF NOT EXISTS bus.dead_ids',
  'CREATE SEQUENCE IF NOT EXISTS bus.instances AS int CYCLE',

  `REVOKE ALL ON SCHEMA bus FROM PUBLIC`,
  `GRANT USAGE ON SCHEMA bus TO ${busRole}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bus TO ${busRole}`,
  `GRANT USAGE ON ALL SEQUENCES IN SCHEMA bus TO ${busRole}`,
]

// Any number that no other advisory lock of Luna uses.
const migrationLock = 0x62_75_73

/** Creates or completes the schema, as administrator; the role `luna_bus` must be there. Safe to run at once from several. */
export const ensureBusSchema = async (admin: ClientBase): Promise<void> => {
  await admin.query('BEGIN')
  try {
    await admin.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    for (const statement of busMigrations) await admin.query(statement)
    await admin.query('COMMIT')
  } catch (error) {
    await admin.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
