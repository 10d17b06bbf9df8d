import type { Usage } from '@luna/contracts'
import type { FinishReason, ToolCallEvent } from '../events.ts'
import { ProviderFault } from '../provider/fault.ts'
import type { ChatRequest } from '../request.ts'
import { estimateUsage } from '../tokens/usage.ts'
import { callInTurn } from './call.ts'
import { type Pool, type Routed, trySignal } from './pool.ts'

export interface Completion extends Routed {
  text: string
  toolCalls: readonly ToolCallEvent[]
  reason: FinishReason
  cut?: 'characters'
  usage: Usage
}

/** A whole answer, from whoever gives one. */
export function completeFromPool(pool: Pool, request: ChatRequest, signal?: AbortSignal): Promise<Completion> {
  return callInTurn(
    {
      members: pool.order(),
      modelOf: provider => provider.chatModel(request.use ?? 'chat'),
      limits: pool.limits,
      elapsed: pool.elapsed,
      signal,
      onFault: (fault, route) => pool.log.warn({ ...route, reason: fault.facts.reason }, 'model request failed'),
    },
    async ({ provider, route, failedOver, signal: whole }) => {
      const span = pool.telemetry.start('chat', route)
      const bound = trySignal(whole, provider, pool.limits.answerMs)
      try {
        const answer = await provider.complete(request, route.model, bound.signal)
        const usage = answer.usage ?? estimateUsage(request, answer.text, answer.toolCalls)
        span.end({ usage, reason: answer.reason })
        return { ...answer, usage, route, failedOver }
      } catch (error) {
        const fault = bound.signal.aborted && bound.signal.reason instanceof ProviderFault ? bound.signal.reason : error
        span.end(fault instanceof ProviderFault ? { fault } : {})
        throw fault
      } finally {
        bound.done()
      }
    },
  )
}
