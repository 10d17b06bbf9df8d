import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  JetStreamApiError,
  type JetStreamManager,
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/nats-core'

/** Unsettled deliveries over all replicas, those that wait for their next try included. */
const maximumPending = 5_000

const consumerNotFound = 10014

export interface WantedConsumer {
  stream: string
  name: string
  filter: string
  ackWaitMs: number
}

/**
 * Creates the durable consumer or brings it up to date. The server sets no limit on deliveries: the listener counts them,
 * and turns the one too many into a dead letter, so that nothing hangs on an advisory that nobody may be there to hear.
 */
export const ensureConsumer = async (manager: JetStreamManager, wanted: WantedConsumer): Promise<void> => {
  const settings = { ack_wait: nanos(wanted.ackWaitMs), max_ack_pending: maximumPending, max_deliver: -1 }
  const present = await presentConfig(manager, wanted)
  if (present === null) {
    await manager.consumers.add(wanted.stream, {
      durable_name: wanted.name,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      filter_subject: wanted.filter,
      ...settings,
    })
    return
  }
  if (present.ack_wait === settings.ack_wait && present.max_ack_pending === settings.max_ack_pending) return
  await manager.consumers.update(wanted.stream, wanted.name, { ...present, ...settings })
}

const presentConfig = async (manager: JetStreamManager, wanted: WantedConsumer): Promise<ConsumerConfig | null> => {
  try {
    return (await manager.consumers.info(wanted.stream, wanted.name)).config
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === consumerNotFound) return null
    throw error
  }
}

/** A work queue has one consumer for a subject. */
const notUnique = new Set([10099, 10100])

export const isSecondConsumer = (error: unknown): boolean =>
  error instanceof JetStreamApiError && notUnique.has(error.code)
