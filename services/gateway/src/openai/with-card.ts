import type { LunaError, SafetyCard, Usage } from '@luna/contracts'
import { cardAsText } from '@luna/safety'
import type { CompletionListener } from './listener.ts'

const noUsage: Usage = { promptTokens: 0, completionTokens: 0, totalTokens: 0, estimated: true }

/**
 * Says the card before anything else. Where the rest fails the card still stands: the answer is then the card alone, since
 * a client that shows an error would show it without the card.
 */
export function withCard(listener: CompletionListener, card: SafetyCard | null): CompletionListener {
  if (!card) return listener
  listener.text(`${cardAsText(card)}\n\n---\n\n`)
  return {
    text: text => listener.text(text),
    toolCalls: calls => listener.toolCalls(calls),
    ended: (reason, usage) => listener.ended(reason, usage),
    failed: (_error: LunaError) => listener.ended('stop', noUsage),
  }
}
