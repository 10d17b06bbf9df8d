import type { chat, Payload } from '@luna/contracts'
import type { ChatContext } from '../context.ts'

/** What every chat process hears, and the one that runs the turn acts on. */

type Frame<K extends keyof typeof chat.feeds> = Payload<(typeof chat.feeds)[K]>

export function cancelRequested({ turnId, personId, queuedIn }: Frame<'cancelRequested'>, ctx: ChatContext): void {
  if (queuedIn) ctx.engine.announceCancelled(queuedIn, turnId)
  else ctx.engine.cancel(turnId, personId)
  ctx.completions.cancel(personId, turnId)
}

export function toolDecided({ callId, decision }: Frame<'toolDecided'>, ctx: ChatContext): void {
  ctx.engine.decide(callId, decision)
}

export function turnWaiting({ conversationId, turnId }: Frame<'turnWaiting'>, ctx: ChatContext): void {
  ctx.engine
    .announceQueued(conversationId, turnId)
    .catch((error: unknown) => ctx.log.warn({ err: error, turnId }, 'a waiting turn could not be announced'))
}

export function checkpointWanted({ conversationId }: Frame<'checkpointWanted'>, ctx: ChatContext): void {
  ctx.engine.checkpoint(conversationId)
}
