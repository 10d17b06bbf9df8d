import { moderation, type SafetyCard } from '@luna/contracts'
import type { ModerationContext } from '../context.ts'

/** Shows a card on all screens of a person; the gateway shows its own, this is for what only the course of a talk tells. */
export const showCard = (ctx: Pick<ModerationContext, 'emit'>, personId: string, card: SafetyCard): void =>
  ctx.emit(moderation.feeds.personFrames, personId, { type: 'safety.card', ...card })
