import type { EventMessage } from '../types.ts'

/** A delivery leased by this process. */
export interface Lease {
  seq: string
  attempt: number
  message: EventMessage
  /** Its last holder died or stalled with it. */
  dropped: boolean
}

/** As the statement that takes deliveries returns it. */
export interface TakenRow {
  seq: string
  attempts: number
  dropped: boolean
  id: string
  name: string
  person_id: string | null
  data: string
  headers: string
}

export const leaseOf = (row: TakenRow): Lease => ({
  seq: row.seq,
  attempt: row.attempts,
  dropped: row.dropped,
  message: Object.freeze({
    id: row.id,
    name: row.name,
    personId: row.person_id,
    data: row.data,
    headers: Object.freeze(JSON.parse(row.headers) as Record<string, string>),
  }),
})
