import { inlineSchema, type JsonSchema } from './json-schema.ts'
import { calls, chassisCalls, events, feeds, frames } from './messages.ts'

/** How one message may look on the wire. Who writes it decides what a change breaks. */
export interface LockedMessage {
  kind: 'event' | 'call' | 'feed' | 'frame'
  /** What a call or a client frame takes: written by others. */
  input?: JsonSchema
  /** What an event, a feed, an answer or a server frame gives: read by others. */
  output?: JsonSchema
}

/** Message name to its schemas, sorted by name. Frames stand under `ws/<sender>/<type>`. */
export type Lock = Record<string, LockedMessage>

export function makeLock(): Lock {
  const entries: [string, LockedMessage][] = [
    ...events.map(({ definition: { name, kind, schema } }): [string, LockedMessage] => [
      name,
      { kind, output: inlineSchema(schema) },
    ]),
    ...feeds.map(({ definition: { name, kind, schema } }): [string, LockedMessage] => [
      name,
      { kind, output: inlineSchema(schema) },
    ]),
    ...[...calls, ...chassisCalls].map(({ definition: { name, kind, input, output } }): [string, LockedMessage] => [
      name,
      { kind, input: inlineSchema(input), output: inlineSchema(output) },
    ]),
    ...frames.map(({ sender, name, schema }): [string, LockedMessage] => [
      `ws/${sender}/${name}`,
      { kind: 'frame', [sender === 'client' ? 'input' : 'output']: inlineSchema(schema) },
    ]),
  ]
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
