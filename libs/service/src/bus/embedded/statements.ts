import type { Statement } from './database.ts'
import { instanceLockClass } from './database.ts'

const statement = (name: string, text: string): Statement => ({ name: `bus-${name}`, text })

/**
 * Stores events with one delivery for each registered listener; those that a local listener has a free hand for are
 * leased at once. $1..$6 arrays of id, name, person, data, headers, purge; $7..$9 arrays of id, listener and lease in ms;
 * $10 instance. Returns the leased deliveries.
 */
export const storeEvents = statement(
  'store-events',
  `WITH input AS (
     SELECT i.*, (SELECT count(*)::int FROM bus.listeners l WHERE l.event = i.name) AS heard
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
       AS i (id, name, person_id, data, headers, purge)
   ), stored AS (
     INSERT INTO bus.events (id, name, person_id, data, headers, open)
     SELECT id, name,
       CASE WHEN heard > 0 OR purge THEN person_id END,
       CASE WHEN heard > 0 OR purge THEN data ELSE '' END,
       CASE WHEN heard > 0 OR purge THEN headers ELSE '' END,
       CASE WHEN purge THEN greatest(heard, 1) ELSE heard END
     FROM input ORDER BY id
     ON CONFLICT (id) DO NOTHING
     RETURNING seq, id, name, open
   ), delivered AS (
     INSERT INTO bus.deliveries (event_seq, listener, attempts, leased_by, due_at)
     SELECT s.seq, coalesce(l.listener, ''),
       CASE WHEN c.listener IS NULL THEN 0 ELSE 1 END,
       CASE WHEN c.listener IS NULL THEN NULL ELSE $10::int END,
       now() + coalesce(c.lease, 0) * interval '1 millisecond'
     FROM stored s
     LEFT JOIN bus.listeners l ON l.event = s.name
     LEFT JOIN unnest($7::text[], $8::text[], $9::int[]) AS c (id, listener, lease)
       ON c.id = s.id AND c.listener = l.listener
     WHERE s.open > 0
     RETURNING event_seq, listener, leased_by
   )
   SELECT d.event_seq AS seq, d.listener, s.id FROM delivered d JOIN stored s ON s.seq = d.event_seq
   WHERE d.leased_by IS NOT NULL`,
)

/**
 * Takes up to $2 due deliveries of listener $1, among them up to $3 (0 or 1) whose holder died or stalled (fewest tries
 * first, so that the one that kills its handler does not wear out its neighbours). $4 instance, $5 lease in ms.
 */
export const takeDue = statement(
  'take-due',
  `WITH dropped AS (
     SELECT event_seq FROM bus.deliveries
     WHERE listener = $1 AND due_at <= now() AND leased_by IS NOT NULL
     ORDER BY attempts, event_seq LIMIT $3 FOR UPDATE SKIP LOCKED
   ), free AS (
     SELECT event_seq FROM bus.deliveries
     WHERE listener = $1 AND due_at <= now() AND leased_by IS NULL
     ORDER BY due_at, event_seq LIMIT $2 - (SELECT count(*) FROM dropped) FOR UPDATE SKIP LOCKED
   ), taken AS (
     UPDATE bus.deliveries d
     SET attempts = d.attempts + 1, leased_by = $4, due_at = now() + $5::int * interval '1 millisecond'
     FROM (SELECT event_seq, false AS dropped FROM free UNION ALL SELECT event_seq, true FROM dropped) c
     WHERE d.event_seq = c.event_seq AND d.listener = $1
     RETURNING d.event_seq, d.attempts, c.dropped
   )
   SELECT t.event_seq AS seq, t.attempts, t.dropped, e.id, e.name, e.person_id, e.data, e.headers
   FROM taken t JOIN bus.events e ON e.seq = t.event_seq ORDER BY t.event_seq`,
)

const closeEvents = `UPDATE bus.events e
   SET open = e.open - g.n,
     data = CASE WHEN e.open > g.n THEN e.data ELSE '' END,
     headers = CASE WHEN e.open > g.n THEN e.headers ELSE '' END,
     person_id = CASE WHEN e.open > g.n THEN e.person_id END
   FROM (SELECT event_seq, count(*)::int AS n FROM gone GROUP BY event_seq) g
   WHERE e.seq = g.event_seq`

/** Deletes handled deliveries ($1 seqs, $2 listeners) and empties events of which none is left. Locks in order of seq. */
export const settleHandled = statement(
  'settle-handled',
  `WITH locked AS MATERIALIZED (
     SELECT seq FROM bus.events WHERE seq = ANY ($1::bigint[]) ORDER BY seq FOR UPDATE
   ), gone AS (
     DELETE FROM bus.deliveries d
     USING unnest($1::bigint[], $2::text[]) AS h (seq, listener), locked
     WHERE d.event_seq = h.seq AND d.listener = h.listener AND locked.seq = h.seq
     RETURNING d.event_seq
   ) ${closeEvents}`,
)

/** Lets go of a failed delivery: $1 seq, $2 listener, $3 instance, $4 attempt, $5 milliseconds until the next try. */
export const settleRetry = statement(
  'settle-retry',
  `UPDATE bus.deliveries SET leased_by = NULL, due_at = now() + $5::bigint * interval '1 millisecond'
   WHERE event_seq = $1 AND listener = $2 AND leased_by = $3 AND attempts = $4`,
)

/** Makes a delivery a dead letter: $1 seq, $2 listener, $3 instance, $4 attempt, $5 reason, $6 attempts to show. */
export const settleDead = statement(
  'settle-dead',
  `UPDATE bus.deliveries SET leased_by = NULL, due_at = 'infinity', dead_id = nextval('bus.dead_ids'), dead_at = now(),
     reason = $5, attempts = $6
   WHERE event_seq = $1 AND listener = $2 AND leased_by = $3 AND attempts = $4`,
)

/** Renews leases: $1 seqs, $2 listener, $3 instance, $4 lease in ms. */
export const renewLeases = statement(
  'renew-leases',
  `UPDATE bus.deliveries SET due_at = now() + $4::int * interval '1 millisecond'
   WHERE event_seq = ANY ($1::bigint[]) AND listener = $2 AND leased_by = $3`,
)

/** Which of the listeners $1 have something due. */
export const findDue = statement(
  'find-due',
  `SELECT l AS listener FROM unnest($1::text[]) AS l
   WHERE EXISTS (SELECT 1 FROM bus.deliveries d WHERE d.listener = l AND d.due_at <= now())`,
)

/** Ends the leases of instances that are gone: their lock went with their session. */
export const dropLeasesOfTheDead = statement(
  'drop-leases',
  `UPDATE bus.deliveries SET due_at = now()
   WHERE leased_by IS NOT NULL AND due_at > now() AND leased_by NOT IN (
     SELECT objid::bigint::int FROM pg_locks
     WHERE locktype = 'advisory' AND classid::bigint = ${instanceLockClass} AND objsubid = 2 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
)

/** Removes up to $2 husks older than $1 milliseconds. */
export const removeHusks = statement(
  'remove-husks',
  `DELETE FROM bus.events WHERE seq IN (
     SELECT seq FROM bus.events WHERE open = 0 AND published_at < now() - $1::int * interval '1 millisecond'
     ORDER BY seq LIMIT $2)`,
)

/** Drops the deliveries $1 (dead letters by id) and empties events of which none is left. */
export const removeDead = statement(
  'remove-dead',
  `WITH gone AS (DELETE FROM bus.deliveries WHERE dead_id = $1::bigint RETURNING event_seq),
   closed AS (${closeEvents})
   SELECT event_seq FROM gone`,
)

export const removeListeners = statement(
  'remove-listeners',
  `WITH retired AS (DELETE FROM bus.listeners WHERE listener = ANY ($1::text[])),
   gone AS (DELETE FROM bus.deliveries WHERE listener = ANY ($1::text[]) RETURNING event_seq)
   ${closeEvents}`,
)
