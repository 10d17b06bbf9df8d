import { randomUUID } from 'node:crypto'
import { contracts, gateway } from '@luna/contracts'
import { jetstream } from '@nats-io/jetstream'
import { connect, headers, type Msg } from '@nats-io/transport-node'

const messageId = 'Nats-Msg-Id'
const submitted = gateway.events.messageSubmitted.name
const eventId = 'Luna-Event-Id'

/**
 * Publishes every event once more past the stream's own memory of ids, so that inboxes must know it; a message of a person
 * also under a new event id, so that only the person's own id of it can tell.
 * @returns ends it; how many events were doubled
 */
export async function doubleEverything(natsUrl: string): Promise<() => Promise<number>> {
  const connection = await connect({ servers: natsUrl })
  const stream = jetstream(connection)
  const own = new Set<string>()
  let doubled = 0

  function publishAgain(message: Msg, asNew: boolean): void {
    const fresh = randomUUID()
    own.add(fresh)
    const copy = headers()
    for (const [key, values] of message.headers ?? []) for (const value of values) copy.append(key, value)
    copy.set(messageId, fresh)
    if (asNew) copy.set(eventId, fresh)
    stream.publish(message.subject, message.data, { headers: copy }).catch(() => undefined)
  }

  async function double(messages: AsyncIterable<Msg>): Promise<void> {
    for await (const message of messages) {
      const id = message.headers?.get(messageId) ?? ''
      if (own.has(id) || id === '') continue
      doubled += 1
      publishAgain(message, false)
      if (message.subject.startsWith(submitted)) publishAgain(message, true)
    }
  }

  for (const { name } of contracts.flatMap(({ events }) => Object.values(events)))
    void double(connection.subscribe(`${name}.*`))
  await connection.flush()
  return async () => {
    if (!connection.isClosed()) await connection.drain()
    return doubled
  }
}
