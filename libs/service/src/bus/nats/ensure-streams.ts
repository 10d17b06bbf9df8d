import { LunaError } from '@luna/contracts'
import {
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/nats-core'
import type { BusTopology } from '../types.ts'
import { allOf, feedBarrier, streams } from './subjects.ts'

export interface StreamSettings {
  /** Copies of each stream in the cluster: 1 or 3. */
  replicas: number
  /** Milliseconds in which a second message with the same id is not stored. */
  duplicateWindowMs: number
  /** Milliseconds that a frame of a replayed feed is kept, and bytes of all of them. */
  keepFramesMs: number
  keepFramesBytes: number
}

type Wanted = Partial<StreamConfig> & { name: string; subjects: string[] }

/** The streams that the topology asks for. Pure. */
export const streamsFor = (topology: BusTopology, settings: StreamSettings): Wanted[] => {
  const durable = {
    storage: StorageType.File,
    num_replicas: settings.replicas,
    duplicate_window: nanos(settings.duplicateWindowMs),
  }
  const subjectsOf = (purged: boolean) =>
    topology.events.filter(event => event.purgeWhenHandled === purged).map(event => allOf(event.name))
  const wanted: Wanted[] = [
    { ...durable, name: streams.events, retention: RetentionPolicy.Interest, subjects: subjectsOf(false) },
    { ...durable, name: streams.sealed, retention: RetentionPolicy.Workqueue, subjects: subjectsOf(true) },
    { ...durable, name: streams.redeliveries, retention: RetentionPolicy.Workqueue, subjects: ['redeliver.>'] },
    { ...durable, name: streams.deadLetters, retention: RetentionPolicy.Limits, subjects: ['dead.>'] },
    {
      name: streams.feeds,
      retention: RetentionPolicy.Limits,
      storage: StorageType.Memory,
      discard: DiscardPolicy.Old,
      num_replicas: settings.replicas,
      max_age: nanos(settings.keepFramesMs),
      max_bytes: settings.keepFramesBytes,
      allow_rollup_hdrs: true,
      subjects: topology.replayedFeeds.length > 0 ? [feedBarrier, ...topology.replayedFeeds.map(allOf)] : [],
    },
  ]
  return wanted.filter(stream => stream.subjects.length > 0)
}

/** Creates what is missing and adds subjects; takes none away, since an older or newer version may run beside this one. */
export const ensureStreams = async (manager: JetStreamManager, wanted: readonly Wanted[]): Promise<void> => {
  for (const stream of wanted) {
    try {
      await ensureStream(manager, stream)
    } catch (error) {
      throw new LunaError(
        'unavailable',
        `The stream ${stream.name} cannot be set up on NATS (${error instanceof Error ? error.message : 'unknown fault'}). ` +
          'Check that JetStream is enabled and has room, and that enough servers are up for the replicas.',
        { cause: error },
      )
    }
  }
}

const nameInUse = 10058

const ensureStream = async (manager: JetStreamManager, wanted: Wanted): Promise<void> => {
  const present = await presentConfig(manager, wanted.name)
  if (present === null) {
    try {
      await manager.streams.add(wanted)
      return
    } catch (error) {
      // Another process was faster.
      if (!(error instanceof JetStreamApiError) || error.code !== nameInUse) throw error
      return await ensureStream(manager, wanted)
    }
  }
  const missing = wanted.subjects.filter(subject => !present.subjects.includes(subject))
  if (missing.length === 0 && present.num_replicas === wanted.num_replicas) return
  await manager.streams.update(wanted.name, {
    ...present,
    subjects: [...present.subjects, ...missing],
    ...(wanted.num_replicas === undefined ? {} : { num_replicas: wanted.num_replicas }),
  })
}

const streamNotFound = 10059

const presentConfig = async (manager: JetStreamManager, name: string): Promise<StreamConfig | null> => {
  try {
    return (await manager.streams.info(name)).config
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === streamNotFound) return null
    throw error
  }
}
