/** What is counted: each bucket has a rate of its own (see `rates.ts`, changed by LUNA_LIMITS). */
export const buckets = ['requests', 'auth', 'messages', 'frames', 'sockets', 'completions', 'export'] as const
export type Bucket = (typeof buckets)[number]

export interface Taken {
  ok: boolean
  /** Milliseconds until the same cost would be allowed; 0 when ok. */
  retryAfterMs: number
}

/** Rates per person or address, shared by all gateways through Redis where there is one. */
export interface Limits {
  /**
   * Takes `cost` (default 1) from a bucket for a key (`personId`, or `addressKey(ip)`). Never rejects: when Redis is away
   * the process counts by itself.
   */
  take(bucket: Bucket, key: string, cost?: number): Promise<Taken>
  /** `ok`, or that Redis is away and each process counts alone. */
  state(): string
  stop(): Promise<void>
}
