import {
  type CallDefinition,
  type Contract,
  clientFrames,
  contracts,
  type EventDefinition,
  type FeedDefinition,
  healthOf,
  serverFrames,
  turnFrames,
} from '@luna/contracts'
import type { z } from 'zod'

export type Owner = (typeof contracts)[number]['service']
export const owners: readonly Owner[] = contracts.map(contract => contract.service)

export type Definition = EventDefinition | CallDefinition | FeedDefinition

/** One message of a contract, with the key it has there: `chat.events.turnEnded` is chat, events, turnEnded. */
export interface Message<D extends Definition = Definition> {
  owner: Owner
  key: string
  definition: D
}

const entries = <D extends Definition>(owner: Owner, part: Readonly<Record<string, D>>): Message<D>[] =>
  Object.entries(part).map(([key, definition]) => ({ owner, key, definition }))

const of = <D extends Definition>(pick: (contract: Contract) => Readonly<Record<string, D>>): Message<D>[] =>
  contracts.flatMap(contract => entries(contract.service, pick(contract as Contract)))

export const events = of(contract => contract.events)
export const calls = of(contract => contract.calls)
export const feeds = of(contract => contract.feeds)
/** What the chassis serves for each service, unlisted. */
export const chassisCalls: readonly Message<CallDefinition>[] = owners.map(owner => ({
  owner,
  key: 'health',
  definition: healthOf(owner),
}))
export const messages: readonly Message[] = [...events, ...calls, ...feeds]

/** A frame of the WebSocket protocol; its name is the `type` that stands in it. */
export interface Frame {
  sender: 'client' | 'server'
  name: string
  schema: z.ZodType
}

const framesOf = (sender: Frame['sender'], frames: Readonly<Record<string, z.ZodObject>>): Frame[] =>
  Object.values(frames).map(schema => {
    const type = schema.shape['type'] as z.ZodLiteral<string>
    return { sender, name: type.value, schema }
  })

export const frames: readonly Frame[] = [
  ...framesOf('client', clientFrames),
  ...framesOf('server', { ...serverFrames, ...turnFrames }),
]
