import type { JetStreamManager } from '@nats-io/jetstream'
import type { BusTopology } from '../types.ts'
import { eventSubject, personSubjects, streams } from './subjects.ts'

/** Deletes by subject, whose last token is the person. Returns how many messages went, over all streams. */
export const purgePerson = async (
  manager: JetStreamManager,
  topology: BusTopology,
  personId: string,
  exceptEvents: readonly string[],
): Promise<number> => {
  const events = topology.events.filter(event => !exceptEvents.includes(event.name))
  const places: { stream: string; subject: string }[] = events.map(event => ({
    stream: event.purgeWhenHandled ? streams.sealed : streams.events,
    subject: eventSubject(event.name, personId),
  }))
  // Without exceptions also what an older version has left.
  for (const event of exceptEvents.length === 0 ? [null] : events.map(one => one.name)) {
    const { redeliveries, deadLetters } = personSubjects(event, personId)
    places.push({ stream: streams.redeliveries, subject: redeliveries })
    places.push({ stream: streams.deadLetters, subject: deadLetters })
  }
  const present = new Set<string>()
  for await (const name of manager.streams.names()) present.add(name)
  const counts = await Promise.all(
    places.map(async ({ stream, subject }) => (present.has(stream) ? await deleteAll(manager, stream, subject) : 0)),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * One by one: a purge by subject makes nats-server 2.9 move every consumer of that event to the end of the stream, past
 * other people's messages.
 */
const deleteAll = async (manager: JetStreamManager, stream: string, subject: string): Promise<number> => {
  let count = 0
  for (let next = 1; ; ) {
    const query = { seq: next, next_by_subj: subject }
    const found = await manager.streams.getMessage(stream, query)
    if (!found) return count
    if (await manager.streams.deleteMessage(stream, found.seq)) count += 1
    next = found.seq + 1
  }
}
