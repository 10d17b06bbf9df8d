import type { Insertable } from 'kysely'
import type { EventMessage } from '../bus/index.ts'
import type { WorkTables } from '../database/index.ts'

/** What a transaction has put aside to be sent after its commit. */
export type Parcel =
  | { kind: 'event'; id: string; message: EventMessage }
  | {
      kind: 'frame'
      id: string
      name: string
      key: string
      personId: string | null
      reference: Record<string, unknown>
      /** The frame itself, while this process lives; built again from the reference otherwise. */
      frame: string
    }

export function toRow(parcel: Parcel): Insertable<WorkTables['outbox']> {
  if (parcel.kind === 'frame')
    return {
      kind: 'frame',
      id: parcel.id,
      name: parcel.name,
      key: parcel.key,
      person_id: parcel.personId,
      data: JSON.stringify(parcel.reference),
      headers: '{}',
    }
  const { message } = parcel
  return {
    kind: 'event',
    id: message.id,
    name: message.name,
    key: null,
    person_id: message.personId,
    data: message.data,
    headers: JSON.stringify(message.headers),
  }
}

export const toMessage = (row: {
  id: string
  name: string
  person_id: string | null
  data: string
  headers: string
}): EventMessage => ({
  id: row.id,
  name: row.name,
  personId: row.person_id,
  data: row.data,
  headers: JSON.parse(row.headers) as Record<string, string>,
})
