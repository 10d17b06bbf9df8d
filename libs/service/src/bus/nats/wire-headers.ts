import { headers as createHeaders, type MsgHdrs } from '@nats-io/nats-core'
import type { EventMessage, Headers } from '../types.ts'
import { personOf } from './subjects.ts'

const idHeader = 'Luna-Event-Id'
const eventHeader = 'Luna-Event'
const reserved = /^(Nats|Luna)-/

export const toWire = (headers: Headers, extra: Headers = {}): MsgHdrs => {
  const wire = createHeaders()
  for (const [name, value] of Object.entries(headers)) wire.set(name, value)
  for (const [name, value] of Object.entries(extra)) wire.set(name, value)
  return wire
}

/** The sender's own headers, without those that an adapter or the server has added. */
export const fromWire = (wire: MsgHdrs | undefined): Headers => {
  const headers: Record<string, string> = {}
  for (const name of wire?.keys() ?? []) if (!reserved.test(name)) headers[name] = wire?.get(name) ?? ''
  return Object.freeze(headers)
}

export const eventHeaders = (message: EventMessage): Headers => ({
  [idHeader]: message.id,
  [eventHeader]: message.name,
})

/** An event as it came from a stream. */
export const eventOf = (subject: string, wire: MsgHdrs | undefined, data: string): EventMessage =>
  Object.freeze({
    id: wire?.get(idHeader) ?? '',
    name: wire?.get(eventHeader) ?? '',
    personId: personOf(subject),
    data,
    headers: fromWire(wire),
  })
