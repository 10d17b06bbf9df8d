import { LunaError, limits } from '@luna/contracts'
import type { EventMessage, FeedAddress, Headers } from './types.ts'

/** Kept free in every message for what an adapter adds: ids, attempts, the reason of a dead letter. In bytes. */
export const reservedBytes = 2048

const token = /^[A-Za-z0-9-]+$/
const eventName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/
const headerName = /^[A-Za-z0-9-]+$/
const headerValue = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/
const reservedHeader = /^(nats|luna)-/i

/** Bytes of a message on either bus: the data in UTF-8 and each header as `name: value` and a line end. */
export const messageBytes = (data: string, headers: Headers): number => {
  let bytes = Buffer.byteLength(data)
  for (const [name, value] of Object.entries(headers)) bytes += name.length + value.length + 4
  return bytes
}

/** Throws `too-large` when data and headers with the adapter's reserve are over the limit, `invalid` for unfit headers. */
export const checkPayload = (what: string, data: string, headers: Headers): void => {
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name) || reservedHeader.test(name)) {
      throw new LunaError('invalid', `The header name ${JSON.stringify(name)} of ${what} is not allowed on the bus.`)
    }
    if (!headerValue.test(value)) {
      throw new LunaError('invalid', `The header ${name} of ${what} must be printable ASCII without spaces around it.`)
    }
  }
  const found = messageBytes(data, headers) + reservedBytes
  if (found > limits.busBytes) {
    throw new LunaError(
      'too-large',
      `${what} has ${found - reservedBytes} bytes; a bus message (busBytes) holds ${limits.busBytes} bytes, of which ` +
        `${reservedBytes} are kept for the bus. Send a reference to a blob instead.`,
      { details: { limit: limits.busBytes - reservedBytes, found: found - reservedBytes, name: 'busBytes' } },
    )
  }
}

/** Throws LunaError `invalid` or `too-large` for an event that the bus cannot carry. */
export const checkEvent = (message: EventMessage): void => {
  if (!eventName.test(message.name)) {
    throw new LunaError('invalid', `An event is named ${JSON.stringify(message.name)}; use <service>.<fact>.v<number>.`)
  }
  if (!token.test(message.id)) {
    throw new LunaError('invalid', `The id of an event ${message.name} is not made of letters, digits and hyphens.`)
  }
  if (message.personId !== null && !token.test(message.personId)) {
    throw new LunaError('invalid', `The personId of event ${message.id} is not made of letters, digits and hyphens.`)
  }
  checkPayload(`Event ${message.name} ${message.id}`, message.data, message.headers)
}

/** Throws LunaError `invalid` for a listener name that is not `<service>--<event name>` in letters, digits, dots, hyphens. */
export const checkListener = (listener: string): void => {
  if (!/^[A-Za-z0-9.-]+$/.test(listener)) {
    throw new LunaError(
      'invalid',
      `The listener name ${JSON.stringify(listener)} may have letters, digits, . and - only.`,
    )
  }
}

/** Throws LunaError `invalid` when the key cannot be part of a subject; `*` only where one subscribes. */
export const checkAddress = (address: FeedAddress, wildcard = false): void => {
  if (token.test(address.key) || (wildcard && address.key === '*')) return
  throw new LunaError('invalid', `The key of feed ${address.name} is not made of letters, digits and hyphens.`)
}

export const unknownEvent = (name: string): LunaError =>
  new LunaError('invalid', `The event ${name} is not in the topology of the bus. Define it in the contracts.`)
