import type { EventDefinition, Payload } from '@luna/contracts'
import type { ZodError } from 'zod'
import { type EventMessage, Unreadable } from '../bus/index.ts'

/** The payload of a delivery by its contract. @throws Unreadable, which names fields and never quotes what stands in them */
export function readPayload<E extends EventDefinition>({ schema }: E, { data }: EventMessage): Payload<E> {
  let json: unknown
  try {
    json = JSON.parse(data)
  } catch {
    throw new Unreadable('it is not JSON')
  }
  const read = schema.safeParse(json)
  if (!read.success) throw new Unreadable(`it breaks its contract in ${fieldsOf(read.error)}`)
  return read.data as Payload<E>
}

const fieldsOf = ({ issues }: ZodError): string =>
  [...new Set(issues.map(({ path, code }) => `${path.join('.') || 'the whole'} (${code})`))].join(', ')
