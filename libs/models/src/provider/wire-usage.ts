import type { Usage } from '@luna/contracts'
import type { WireUsage } from '../stream/chunk.ts'

/** A provider's usage in Luna's shape; undefined when the numbers are missing. */
export function usageOf(wire: WireUsage | undefined | null): Usage | undefined {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = wire ?? {}
  if (!isCount(promptTokens) || !isCount(completionTokens)) return undefined
  const totalTokens = isCount(wire?.total_tokens) ? wire.total_tokens : promptTokens + completionTokens
  return { promptTokens, completionTokens, totalTokens, estimated: false }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
