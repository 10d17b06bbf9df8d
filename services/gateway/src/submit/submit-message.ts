import { LunaError, type SafetyCard } from '@luna/contracts'
import type { Principal } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { hubOf } from '../live/hub.ts'
import { type Look, lookAt } from './look.ts'
import { publishSubmission } from './publish-submission.ts'
import type { Accept, Submission } from './submission.ts'

export interface SubmitOptions {
  /** How long to wait for the answer of chat. The message itself stays on the bus. */
  timeoutMs: number
  /** Accept-Language of whoever writes: the language of the safety card. */
  languages?: string | undefined
  /** Called before anything that can fail, when the text shows a person at risk. */
  onCard?: ((card: SafetyCard) => void) | undefined
}

export interface Submitted extends Accept {
  safetyCard: SafetyCard | null
}

/**
 * Submits a message and waits until chat has stored it (`accepted`). The same id may be sent again at any time.
 * @throws LunaError as chat refuses it (`not-found`, `conflict`), as {@link publishSubmission} does, or `unavailable` when
 *   nothing is heard in time. A safety card that could not go out otherwise is in `details.safetyCard`.
 */
export async function submitMessage(
  ctx: GatewayContext,
  principal: Pick<Principal, 'personId'>,
  submission: Submission,
  options: SubmitOptions,
): Promise<Submitted> {
  const look = lookAt(submission.text, options.languages)
  if (look.card) options.onCard?.(look.card)
  try {
    const settling = publishAndSettle(ctx, principal, submission, look, options.timeoutMs)
    // A card that can only travel in the answer must not wait for what may be away.
    const accept = await (look.card && !options.onCard ? inTimeForCard(settling) : settling)
    return { ...accept, safetyCard: look.card }
  } catch (error) {
    throw look.card && !options.onCard ? withCard(LunaError.from(error), look.card) : error
  }
}

/** As {@link submitMessage}, for whoever has looked at the text and shown the card. */
export async function publishAndSettle(
  ctx: GatewayContext,
  principal: Pick<Principal, 'personId'>,
  submission: Submission,
  look: Look,
  timeoutMs: number,
): Promise<Accept> {
  const lease = await hubOf(ctx).person(principal.personId)
  let forget = () => {}
  let timer: NodeJS.Timeout | undefined
  try {
    const settled = new Promise<Accept>((resolve, reject) => {
      forget = lease.value.expect(submission.id, {
        accepted: ({ conversationId, messageId, turnId }) => resolve({ conversationId, messageId, turnId }),
        refused: reject,
      })
      timer = setTimeout(() => reject(notYet()), timeoutMs)
    })
    settled.catch(() => {})
    await publishSubmission(ctx, principal, submission, look)
    return await settled
  } finally {
    clearTimeout(timer)
    forget()
    lease.release()
  }
}

/** Milliseconds after which an answer with a card is given, whatever has become of the message. */
const cardMs = 800

/** What is still on its way goes on: the same id sent again hears what became of it. */
function inTimeForCard<T>(settling: Promise<T>): Promise<T> {
  settling.catch(() => {})
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(notYet()), cardMs)
    settling.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

const notYet = () =>
  new LunaError(
    'unavailable',
    'The message is kept, but has not been taken up yet. Send it again with the same id to hear what became of it.',
  )

const withCard = (error: LunaError, safetyCard: SafetyCard): LunaError =>
  new LunaError(error.code, error.message, {
    retryable: error.retryable,
    details: { ...error.details, safetyCard },
    cause: error,
  })
