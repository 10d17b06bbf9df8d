import { LunaError } from '@luna/contracts'
import { secondListener } from '../second-listener.ts'
import type { Database } from './database.ts'
import { removeListeners } from './statements.ts'

const register = {
  name: 'bus-register',
  text: `INSERT INTO bus.listeners (listener, event) VALUES ($1, $2)
    ON CONFLICT (listener) DO UPDATE SET registered_at = bus.listeners.registered_at RETURNING event`,
}

const othersOf = {
  name: 'bus-others',
  text: 'SELECT listener FROM bus.listeners WHERE event = $1 AND listener <> $2',
}

const adopt = {
  name: 'bus-adopt',
  text: `UPDATE bus.deliveries d SET listener = $1 FROM bus.events e
    WHERE d.listener = '' AND e.seq = d.event_seq AND e.name = $2`,
}

const ofService = {
  name: 'bus-listeners-of',
  text: `SELECT listener FROM bus.listeners WHERE starts_with(listener, $1) AND listener <> ALL ($2::text[])`,
}

/** Makes the listener known to the log: from now on every event has a delivery for it. */
export const registerListener = async (
  database: Database,
  listener: string,
  event: string,
  only: boolean,
): Promise<void> => {
  if (only) {
    const [other] = await database.run<{ listener: string }>(othersOf, [event, listener])
    if (other) throw secondListener(event, listener)
  }
  const [row] = await database.run<{ event: string }>(register, [listener, event])
  if (row && row.event !== event) {
    throw new LunaError(
      'invalid',
      `The listener ${listener} is registered for ${row.event}, not for ${event}. Give the new one a name of its own.`,
    )
  }
}

/** Gives the listener what was published before anyone listened to the event. */
export const adoptWaiting = async (database: Database, listener: string, event: string): Promise<void> => {
  await database.run(adopt, [listener, event])
}

const putBack = {
  name: 'bus-put-back',
  text: `UPDATE bus.deliveries d SET listener = '', attempts = 0, leased_by = NULL, due_at = now() FROM bus.events e
    WHERE d.listener = ANY ($1::text[]) AND d.dead_id IS NULL AND e.seq = d.event_seq AND e.name = ANY ($2::text[])`,
}

/** Forgets listeners of a service. What waits for them goes too, but events of `purged` wait for their next listener. */
export const retireListeners = async (
  database: Database,
  service: string,
  keep: readonly string[],
  purged: ReadonlySet<string>,
): Promise<string[]> => {
  const rows = await database.run<{ listener: string }>(ofService, [`${service}--`, keep])
  const listeners = rows.map(row => row.listener)
  if (listeners.length === 0) return []
  await database.run(putBack, [listeners, [...purged]])
  await database.run(removeListeners, [listeners])
  return listeners
}
