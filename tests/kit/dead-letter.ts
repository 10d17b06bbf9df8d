import { gateway } from '@luna/contracts'
import type { RunningLuna } from '@luna/testing'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { eventOf } from './bus.ts'
import { query } from './database.ts'

const { name } = gateway.events.messageSubmitted
const listener = 'chat--gateway-message-submitted-v1'

/** Puts a letter about this person, with this text in plain, where letters lie that nobody could deliver. */
export async function leaveDeadLetter(
  luna: RunningLuna,
  natsUrl: string | null,
  personId: string,
  text: string,
): Promise<void> {
  const event = eventOf('gateway', name, { personId, sealed: text })
  if (!natsUrl) {
    await query(
      luna,
      `with e as (insert into bus.events (id, name, person_id, data, headers, open)
                  values ($1, $2, $3, $4, '{}', 1) returning seq)
       insert into bus.deliveries (event_seq, listener, due_at, dead_id, dead_at, reason)
       select seq, $5, 'infinity', nextval('bus.dead_ids'), now(), 'test' from e`,
      [event.id, name, personId, event.data, listener],
    )
    return
  }
  const connection = await connect({ servers: natsUrl })
  try {
    const token = (dotted: string) => dotted.replaceAll('.', '_')
    await jetstream(connection).publish(`dead.${token(listener)}.${token(name)}.${personId}`, event.data)
  } finally {
    await connection.close()
  }
}
