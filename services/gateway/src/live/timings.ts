/** Milliseconds. */
export interface Timings {
  /** How long the holder of a conversation has to publish a checkpoint. */
  checkpointMs: number
  /** Pause before the second try to join; doubles up to the most. */
  retryMs: number
  retryMaxMs: number
}

export const defaultTimings: Timings = { checkpointMs: 1_000, retryMs: 250, retryMaxMs: 4_000 }
