import { AckPolicy, DeliverPolicy, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream'
import { headers, nanos, nuid } from '@nats-io/nats-core'
import type { FeedAddress } from '../types.ts'
import type { Link } from './connection.ts'
import { feedSubject } from './feeds.ts'
import { feedBarrier, streams } from './subjects.ts'

const patienceMs = 5_000

export interface ReplayTools {
  link: Pick<Link, 'connection' | 'newInbox'>
  client: JetStreamClient
  manager: JetStreamManager
}

/**
 * Reads the kept frames of an address, oldest first. Frames are stored behind the sender's back, so a barrier goes first:
 * once the stream has acknowledged it, it holds every frame that the server had taken before.
 */
export const replayFrames = async (tools: ReplayTools, address: FeedAddress): Promise<string[]> => {
  const rollup = headers()
  rollup.set('Nats-Rollup', 'sub')
  await tools.client.publish(feedBarrier, '', { headers: rollup, timeout: patienceMs })
  const consumer = await tools.manager.consumers.add(streams.feeds, {
    name: nuid.next(),
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    filter_subject: feedSubject(address),
    inactive_threshold: nanos(patienceMs * 2),
    mem_storage: true,
    num_replicas: 1,
  })
  try {
    return consumer.num_pending === 0 ? [] : await fetchFrames(tools.link, consumer.name, consumer.num_pending)
  } finally {
    tools.manager.consumers.delete(streams.feeds, consumer.name).catch(() => undefined)
  }
}

/** Frames that age out meanwhile are not waited for: the server then answers with a status. */
const fetchFrames = (
  { connection, newInbox }: ReplayTools['link'],
  consumer: string,
  count: number,
): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const frames: string[] = []
    const inbox = newInbox()
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      subscription.unsubscribe()
      settle()
    }
    const timer = setTimeout(() => finish(() => reject(new Error('The frames did not come in time.'))), patienceMs)
    const subscription = connection.subscribe(inbox, {
      callback: (error, message) => {
        if (error) return finish(() => reject(error))
        const ended = message.subject === inbox && (message.headers?.code ?? 0) >= 400
        if (!ended) frames.push(message.string())
        if (ended || frames.length === count) finish(() => resolve(frames))
      },
    })
    const request = JSON.stringify({ batch: count, no_wait: true })
    connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${streams.feeds}.${consumer}`, request, { reply: inbox })
  })
