import { calls, events, feeds, messages, type Owner, owners } from './messages.ts'
import { scanReferences } from './references.ts'
import { type Face, faces } from './services.ts'

/** A caller or watcher: a service, or the chassis on behalf of every one. */
export type Party = Owner | 'chassis'

/** Who takes what: message name to the parties that listen, call or watch. */
export interface Traffic {
  /** From each service's definition. */
  listeners: ReadonlyMap<string, readonly Owner[]>
  /** From the source: who names the call outside the service that serves it. */
  callers: ReadonlyMap<string, readonly Party[]>
  /** From each definition, and from the source: who names the feed of another. */
  watchers: ReadonlyMap<string, readonly Party[]>
}

export function readTraffic(all: readonly Face[] = faces): Traffic {
  const references = scanReferences()
  const parties: readonly Party[] = [...owners, 'chassis']
  const naming = (name: string, owner: Owner) =>
    parties.filter(
      party => party !== owner && [...(references.get(party) ?? [])].some(found => found.definition.name === name),
    )
  const declaring = (name: string) => all.filter(face => face.watches.includes(name)).map(face => face.name)
  return {
    listeners: new Map(
      events.map(({ definition: { name } }) => [
        name,
        all.filter(face => face.listens.includes(name)).map(face => face.name),
      ]),
    ),
    callers: new Map(calls.map(({ definition: { name }, owner }) => [name, naming(name, owner)])),
    watchers: new Map(
      feeds.map(({ definition: { name }, owner }) => [
        name,
        parties.filter(party => [...declaring(name), ...naming(name, owner)].includes(party)),
      ]),
    ),
  }
}

/** An event that nobody listens to, a call that nobody serves, or a listener of an event that does not exist. */
export function trafficFaults({ listeners }: Traffic, all: readonly Face[] = faces): string[] {
  const known = new Set(messages.map(message => message.definition.name as string))
  return [
    ...[...listeners]
      .filter(([, who]) => who.length === 0)
      .map(([name]) => `${name} has no listener: give it one in the service.ts of who needs it, or delete the event.`),
    ...calls
      .filter(({ owner, key }) => !all.find(face => face.name === owner)?.serves.includes(key))
      .map(({ owner, definition }) => `${definition.name} is not served: add it to \`serves\` of services/${owner}.`),
    ...all.flatMap(face =>
      [...face.listens, ...face.watches]
        .filter(name => !known.has(name))
        .map(name => `${face.name} listens to ${name}, which is in no contract.`),
    ),
  ]
}
