/** The bounds of every call to a model. Times in milliseconds. */
export interface ModelLimits {
  /** Longest silence between two signs of life. */
  idleMs: number
  /** Longest time for a whole call, every try included. */
  totalMs: number
  /** Longest time for one try of a call that does not stream. */
  answerMs: number
  /** Most tries beyond one for each provider. */
  maxRetries: number
  /** Longest wait before a retry; a provider that asks for more is not asked again. */
  maxWaitMs: number
  /** Most UTF-16 units of one answer; a longer one is cut there. */
  maxCharacters: number
  /** Faults in a row that open a provider's breaker. */
  breakerFaults: number
  /** How long an open breaker keeps calls away before it lets one through. */
  breakerMs: number
}

export const defaultLimits: ModelLimits = {
  idleMs: 20_000,
  totalMs: 300_000,
  answerMs: 90_000,
  maxRetries: 2,
  maxWaitMs: 10_000,
  maxCharacters: 200_000,
  breakerFaults: 5,
  breakerMs: 15_000,
}
