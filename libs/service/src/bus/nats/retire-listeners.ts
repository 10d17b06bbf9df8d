import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import { nameOf, streams, tokenOf } from './subjects.ts'

/** Deletes the consumers of a service that are not to be kept, and what was dead or sent again for them. */
export const retireListeners = async (
  manager: JetStreamManager,
  service: string,
  keep: readonly string[],
): Promise<string[]> => {
  const kept = new Set(keep.map(tokenOf))
  const retired = new Set<string>()
  for (const stream of [streams.events, streams.sealed, streams.redeliveries]) {
    for (const consumer of await consumersOf(manager, stream)) {
      if (!consumer.startsWith(`${service}--`) || kept.has(consumer)) continue
      await manager.consumers.delete(stream, consumer)
      retired.add(consumer)
    }
  }
  // A purge by subject moves only the consumers of that subject, which are gone; see purge-person.ts.
  for (const consumer of retired) {
    await manager.streams.purge(streams.redeliveries, { filter: `redeliver.${consumer}.>` })
    await manager.streams.purge(streams.deadLetters, { filter: `dead.${consumer}.>` })
  }
  return [...retired].map(nameOf)
}

const consumersOf = async (manager: JetStreamManager, stream: string): Promise<string[]> => {
  const names: string[] = []
  try {
    for await (const consumer of manager.consumers.list(stream)) names.push(consumer.name)
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.status !== 404) throw error
  }
  return names
}
