import { LunaError, personality } from '@luna/contracts'
import { person } from '@luna/service'
import type { Principal } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { runKept } from '../openai/kept-run.ts'
import { submitMessage } from '../submit/index.ts'

export interface Asked {
  text: string
  conversationId?: string | undefined
  /** Slug of a character, where a conversation begins. */
  character?: string | undefined
}

export interface Answered {
  text: string
  conversationId: string
  messageId: string
}

const acceptMs = 10_000
const answerMs = 300_000

/** Says something in a kept conversation and waits for the answer. @throws LunaError */
export async function askCompanion(ctx: GatewayContext, principal: Principal, asked: Asked): Promise<Answered> {
  const { personId } = principal
  const found = asked.character
    ? await ctx.call(personality.calls.getCharacter, { slug: asked.character }, { scope: person(personId) })
    : null
  const { safetyCard, ...accepted } = await submitMessage(
    ctx,
    principal,
    {
      id: ctx.random.id(),
      text: asked.text,
      ...(asked.conversationId ? { conversationId: asked.conversationId } : {}),
      ...(found && !asked.conversationId ? { characterId: found.id } : {}),
    },
    { timeoutMs: acceptMs },
  )
  const card = safetyCard ? `${safetyCard.title}\n${safetyCard.body}\n\n` : ''
  let stop: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  try {
    const text = await new Promise<string>((resolve, reject) => {
      const pieces: string[] = []
      const listener = {
        text: (piece: string) => void pieces.push(piece),
        toolCalls: () => {},
        ended: () => resolve(pieces.join('')),
        failed: reject,
      }
      timer = setTimeout(
        () =>
          reject(
            new LunaError(
              'timeout',
              'The answer takes longer than five minutes. It is kept: read the conversation later.',
            ),
          ),
        answerMs,
      )
      runKept(ctx, personId, accepted, listener).then(stopping => {
        stop = stopping
      }, reject)
    })
    return { text: card + text, conversationId: accepted.conversationId, messageId: accepted.messageId }
  } finally {
    clearTimeout(timer)
    stop?.()
  }
}
