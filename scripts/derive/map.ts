import { calls, events, feeds, type Owner, owners } from './messages.ts'
import type { Face } from './services.ts'
import { code, codes, table } from './table.ts'
import type { Traffic } from './traffic.ts'

/** The map of ARCHITECTURE.md: who publishes and who listens, who serves and who calls, who emits and who watches. */
export function contractMap(traffic: Traffic, faces: readonly Face[]): string {
  const schemas = faces.map(face => [
    code(face.name),
    code(face.schema),
    String(face.listens.length),
    String(face.serves.length),
  ])
  return [
    picture(traffic),
    '### Services',
    table(['service', 'database schema', 'listens to', 'serves'], schemas),
    '### Events',
    table(
      ['event', 'published by', 'heard by', 'what it says'],
      events.map(({ owner, definition: { name, summary } }) => [
        code(name),
        owner,
        codes(traffic.listeners.get(name)),
        summary,
      ]),
    ),
    '### Calls',
    'Callers are found by reading the source; a call without one is used by tests or waits for its client.',
    table(
      ['call', 'served by', 'called by', 'deadline', 'what it does'],
      calls.map(({ owner, definition: { name, summary, deadlineMs } }) => [
        code(name),
        owner,
        codes(traffic.callers.get(name)),
        `${deadlineMs / 1_000} s`,
        summary,
      ]),
    ),
    'Every service also serves `<service>.health.v1`.',
    '### Feeds',
    table(
      ['feed', 'emitted by', 'watched by', 'addressed to', 'what it says'],
      feeds.map(({ owner, definition: { name, summary, key, replay } }) => [
        code(name),
        owner,
        codes(traffic.watchers.get(name)),
        replay ? `${key}, replayed` : key,
        summary,
      ]),
    ),
  ].join('\n\n')
}

/** A mermaid picture: solid lines are events, dotted ones calls; feeds are left out, so that it stays readable. */
function picture({ listeners, callers }: Traffic): string {
  const lines = (from: Map<string, string[]>, arrow: (label: string) => string) =>
    [...from].map(([pair, labels]) => {
      const [a, b] = pair.split(' ')
      return `  ${a} ${arrow(labels.join('<br/>'))} ${b}`
    })
  const heard = new Map<string, string[]>()
  for (const { owner, definition } of events)
    for (const listener of listeners.get(definition.name) ?? []) add(heard, owner, listener, short(definition.name))
  const called = new Map<string, string[]>()
  for (const { owner, definition } of calls)
    for (const caller of callers.get(definition.name) ?? []) if (isService(caller)) add(called, caller, owner, '')
  const counted = new Map(
    [...called].map(([pair, found]) => [pair, [found.length === 1 ? '1 call' : `${found.length} calls`]]),
  )
  return [
    '```mermaid',
    'flowchart LR',
    '  person((person)) <--> gateway',
    ...lines(heard, label => `-- "${label}" -->`),
    ...lines(counted, label => `-. "${label}" .->`),
    '```',
  ].join('\n')
}

const isService = (party: string): party is Owner => (owners as readonly string[]).includes(party)

const short = (name: string) => name.split('.').slice(1).join('.')

function add(pairs: Map<string, string[]>, from: string, to: string, label: string): void {
  const pair = `${from} ${to}`
  pairs.set(pair, [...(pairs.get(pair) ?? []), label])
}
