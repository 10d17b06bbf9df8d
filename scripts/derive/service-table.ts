import { calls, events, feeds, type Message, messages, type Owner } from './messages.ts'
import type { Face } from './services.ts'
import { readSettings } from './settings.ts'
import { code, codes, table } from './table.ts'
import type { Traffic } from './traffic.ts'

const summaryOf = (name: string) => messages.find(each => each.definition.name === name)?.definition.summary ?? ''

const section = (title: string, body: string) => (body ? [`### ${title}`, body] : [])

/** The generated part of a service's README: its face in tables. */
export function serviceTable(face: Face, traffic: Traffic): string {
  const own = <M extends Message>(all: readonly M[]) => all.filter(each => each.owner === (face.name as Owner))
  const settings = readSettings().filter(each => each.part === face.name)
  return [
    ...section(
      'Listens to',
      table(
        ['event', 'what it says'],
        face.listens.map(name => [code(name), summaryOf(name)]),
      ),
    ),
    ...section(
      'Publishes',
      table(
        ['event', 'heard by', 'what it says'],
        own(events).map(({ definition: { name, summary } }) => [
          code(name),
          codes(traffic.listeners.get(name)),
          summary,
        ]),
      ),
    ),
    ...section(
      'Serves',
      table(
        ['call', 'deadline', 'what it does'],
        own(calls).map(({ definition: { name, summary, deadlineMs } }) => [
          code(name),
          `${deadlineMs / 1_000} s`,
          summary,
        ]),
      ),
    ),
    ...section(
      'Emits',
      table(
        ['feed', 'addressed to', 'watched by', 'what it says'],
        own(feeds).map(({ definition: { name, summary, key } }) => [
          code(name),
          key,
          codes(traffic.watchers.get(name)),
          summary,
        ]),
      ),
    ),
    ...section(
      'Reads of the environment',
      table(
        ['setting', 'default', 'meaning'],
        settings.map(({ name, fallback, description }) => [code(name), fallback ? code(fallback) : '—', description]),
      ),
    ),
    `Owns the database schema \`${face.schema}\`, alone.`,
  ].join('\n\n')
}
