import { service as chat } from '@luna/chat'
import { service as gateway } from '@luna/gateway'
import { service as memory } from '@luna/memory'
import { service as moderation } from '@luna/moderation'
import { service as personality } from '@luna/personality'
import { service as plugins } from '@luna/plugins'
import { type Owner, owners } from './messages.ts'

/** What of a service's face the documents show. */
export interface Face {
  name: Owner
  schema: string
  /** Names of the events it listens to. */
  listens: readonly string[]
  /** Names of the feeds it watches from start to stop. */
  watches: readonly string[]
  /** Keys of the calls it serves. */
  serves: readonly string[]
  config: unknown
}

interface Definition {
  owns: { schema: string }
  listens: readonly { event: { name: string } }[]
  watches?: readonly { feed: { name: string } }[]
  serves: object
  config: unknown
}

const definitions: Record<Owner, Definition> = { gateway, chat, memory, personality, plugins, moderation }

export const faces: readonly Face[] = owners.map(name => {
  const { owns, listens, watches, serves, config } = definitions[name]
  return {
    name,
    schema: owns.schema,
    listens: listens.map(listener => listener.event.name),
    watches: (watches ?? []).map(each => each.feed.name),
    serves: Object.keys(serves),
    config,
  }
})
