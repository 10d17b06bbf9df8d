/** What is known of one failed request to a provider, before anyone decides what follows. */
export interface FaultFacts {
  kind: 'failed' | 'timeout' | 'cancelled'
  /** Continues "provider X: ..."; nothing private, no key, no text of the conversation. */
  reason: string
  /** The same request to the same provider may succeed soon. */
  passing: boolean
  /** Says something about the provider's health. False for a request that it rightly refuses. */
  unhealthy: boolean
  /** HTTP status, when there was one. */
  status?: number
  /** How long the provider asked to be left alone, in milliseconds. */
  retryAfterMs?: number
  cause?: unknown
}

export class ProviderFault extends Error {
  override readonly name = 'ProviderFault'
  readonly facts: FaultFacts

  constructor(facts: FaultFacts) {
    super(facts.reason, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.facts = facts
  }
}

export const cancelled = () =>
  new ProviderFault({ kind: 'cancelled', reason: 'the request was cancelled', passing: false, unhealthy: false })

/** `what` completes "took longer than N ms to ...". */
export const timedOut = (what: string, ms: number, passing: boolean) =>
  new ProviderFault({ kind: 'timeout', reason: `it took longer than ${ms} ms to ${what}`, passing, unhealthy: true })

export const broken = (reason: string, cause?: unknown) =>
  new ProviderFault({ kind: 'failed', reason, passing: true, unhealthy: true, cause })
