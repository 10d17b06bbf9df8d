/** Milliseconds. */
export interface SocketTimings {
  /** Until `hello` must have come. */
  helloMs: number
  /** Between two pings; whoever has not answered one by the next is gone. */
  pingMs: number
  /** How exactly all deadlines are kept. */
  sweepMs: number
  /** Until a peer that does not answer a close is cut off. */
  closeMs: number
}

export const defaultSocketTimings: SocketTimings = { helloMs: 10_000, pingMs: 25_000, sweepMs: 1_000, closeMs: 5_000 }
