import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

/** Time and randomness come from the context alone, so that tests can hold them still. */
export interface Clock {
  now(): Date
  /** Milliseconds that never step back; for durations only. */
  elapsed(): number
}

export interface Random {
  /** UUIDv7: sorts by time of making. */
  id(): string
  bytes(count: number): Uint8Array
  /** In [0, 1). */
  number(): number
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
}

export const systemRandom: Random = {
  id: () => v7(),
  bytes: count => randomBytes(count),
  number: () => Math.random(),
}
