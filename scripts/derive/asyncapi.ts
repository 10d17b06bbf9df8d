import { closeCodes, lunaVersion, protocolVersion } from '@luna/contracts'
import {
  type Components,
  eventMessage,
  feedMessage,
  frameMessage,
  replyMessage,
  requestMessage,
} from './asyncapi-messages.ts'
import { calls, chassisCalls, events, feeds, frames } from './messages.ts'
import type { Traffic } from './traffic.ts'

type Named = { name: string }
type Part = Record<string, unknown>

const bus = { servers: [{ $ref: '#/servers/nats' }] }
/** Of a JSON pointer: `/` and `~` escaped. */
const pointer = (path: string) => path.replaceAll('~', '~0').replaceAll('/', '~1')
const channelRef = (name: string) => ({ $ref: `#/channels/${pointer(name)}` })
const messageRef = (channel: string, name: string) => ({
  $ref: `#/channels/${pointer(channel)}/messages/${pointer(name)}`,
})
const listed = (messages: readonly Named[]) => Object.fromEntries(messages.map(message => [message.name, message]))
const who = (names: readonly string[] | undefined) => (names?.length ? { 'x-taken-by': [...names] } : {})

/** AsyncAPI 3 of everything that runs over the bus, and of the WebSocket protocol. */
export function asyncApi(traffic: Traffic): Part {
  const components: Components = new Map()
  const channels: Part = {}
  const operations: Part = {}

  for (const { owner, definition } of events) {
    const { name, summary } = definition
    const address = `${name}.{personId}`
    const parameters = { personId: { description: 'Whom it is about; `_` when nobody.' } }
    const message = eventMessage(definition, owner, components)
    channels[name] = { address, summary, ...bus, parameters, messages: listed([message]) }
    operations[`${name}.publish`] = {
      action: 'send',
      summary: `${owner} publishes it; every listener gets it at least once.`,
      channel: channelRef(name),
      messages: [messageRef(name, name)],
      tags: [{ name: owner }, { name: 'event' }],
      ...who(traffic.listeners.get(name)),
    }
  }
  for (const { owner, definition } of [...calls, ...chassisCalls]) {
    const { name, summary, deadlineMs } = definition
    const reply = `${name}.reply`
    channels[name] = { address: name, summary, ...bus, messages: listed([requestMessage(definition, components)]) }
    channels[reply] = {
      address: null,
      summary: `Answers to ${name}.`,
      ...bus,
      messages: listed([replyMessage(definition, components)]),
    }
    operations[`${name}.serve`] = {
      action: 'receive',
      summary: `${owner} serves it, in a queue group.`,
      channel: channelRef(name),
      messages: [messageRef(name, name)],
      reply: { channel: channelRef(reply), messages: [messageRef(reply, reply)] },
      tags: [{ name: owner }, { name: 'call' }],
      'x-deadline-ms': deadlineMs,
      ...who(traffic.callers.get(name)),
    }
  }
  for (const { owner, definition } of feeds) {
    const { name, summary, key, replay } = definition
    const parameters = { key: { description: `The ${key === 'everyone' ? 'word `all`' : `id of the ${key}`}.` } }
    const messages = listed([feedMessage(definition, components)])
    channels[name] = { address: `${name}.{key}`, summary, ...bus, parameters, messages }
    operations[`${name}.emit`] = {
      action: 'send',
      summary: `${owner} emits it to whoever watches${replay ? '; kept for a while, for late watchers' : ''}.`,
      channel: channelRef(name),
      messages: [messageRef(name, name)],
      tags: [{ name: owner }, { name: 'feed' }],
      ...who(traffic.watchers.get(name)),
    }
  }
  addWebSocket(channels, operations, components)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Luna',
      version: lunaVersion,
      description: 'Every message between Luna’s services, and the WebSocket protocol. Derived from @luna/contracts.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      nats: { host: 'localhost:4222', protocol: 'nats', description: 'The bus, when services run as processes.' },
      gateway: { host: 'localhost:8080', protocol: 'ws', description: 'Where clients connect.' },
    },
    channels,
    operations,
    components: { schemas: Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1))) },
  }
}

function addWebSocket(channels: Part, operations: Part, components: Components): void {
  const codes = Object.entries(closeCodes).map(([name, code]) => `${code} ${name}`)
  channels['websocket'] = {
    address: '/ws',
    summary: 'One JSON object a text frame. The first client frame is `hello`.',
    description: `Protocol ${protocolVersion}. Close codes: ${codes.join(', ')}. Any close can be resumed.`,
    servers: [{ $ref: '#/servers/gateway' }],
    messages: listed(
      frames.map(frame => ({ ...frameMessage(frame, components), name: `${frame.sender}.${frame.name}` })),
    ),
  }
  for (const [sender, action] of [
    ['client', 'receive'],
    ['server', 'send'],
  ] as const)
    operations[`websocket.${sender}`] = {
      action,
      summary: `Frames from the ${sender}.`,
      channel: channelRef('websocket'),
      messages: frames
        .filter(frame => frame.sender === sender)
        .map(frame => messageRef('websocket', `${sender}.${frame.name}`)),
      tags: [{ name: 'gateway' }],
    }
}
