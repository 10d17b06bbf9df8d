import { gateway, LunaError, type SubmissionContent } from '@luna/contracts'
import type { Principal } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { requireRoom } from '../limits/require.ts'
import { checkText } from './check-text.ts'
import type { Look } from './look.ts'
import type { Submission } from './submission.ts'

/**
 * Puts a message on the bus, sealed with its person's key. Resolves when it is durable there; what becomes of it comes
 * on `chat.person-frames`.
 * @throws LunaError `invalid`, `too-large`, `not-found`, `rate-limited`, `unavailable`
 */
export async function publishSubmission(
  ctx: Pick<GatewayContext, 'keys' | 'limits' | 'publishNow' | 'ageGate'>,
  { personId }: Pick<Principal, 'personId'>,
  submission: Submission,
  look: Look,
): Promise<void> {
  checkText(submission.text)
  requireNoAttachments(submission)
  await ctx.ageGate.require(personId)
  await requireRoom(ctx.limits, 'messages', personId)
  const key = await ctx.keys.of(personId)
  const content: SubmissionContent = { text: submission.text, attachments: [] }
  await ctx.publishNow(gateway.events.messageSubmitted, {
    personId,
    clientId: submission.id,
    conversationId: submission.conversationId ?? null,
    characterId: submission.characterId ?? null,
    parentId: submission.parentId ?? null,
    private: submission.private ?? false,
    sealed: key.sealJson(content, submission.id).toString('base64'),
    safety: { risk: look.risk, cardId: look.card?.id ?? null },
  })
}

/** There is no door yet through which a file could have come: whatever id is named belongs to nothing. */
function requireNoAttachments({ attachments }: Submission): void {
  const first = attachments?.[0]
  if (first)
    throw new LunaError('not-found', `There is no attachment ${first.id}. Send the message without it.`, {
      details: { attachmentId: first.id },
    })
}
