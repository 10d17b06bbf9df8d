import { type Contract, gateway } from '@luna/contracts'
import type { BusTopology } from '../bus/index.ts'

/** The one event with personal text: purged from stream, log and dead letters once stored. */
const purged: readonly string[] = [gateway.events.messageSubmitted.name]

/** What the streams of a bus must hold, derived from the contracts. */
export const topologyOf = (contracts: readonly Contract[]): BusTopology => ({
  events: contracts.flatMap(contract =>
    Object.values(contract.events).map(({ name }) => ({ name, purgeWhenHandled: purged.includes(name) })),
  ),
  replayedFeeds: contracts.flatMap(contract =>
    Object.values(contract.feeds)
      .filter(feed => feed.replay)
      .map(feed => feed.name),
  ),
})
