import type { CallOutput, Direction, moderation, Policy, Verdict } from '@luna/contracts'
import { crisisCard, riskRank, verdictOf } from '@luna/safety'
import { type CallHandlers, personOf } from '@luna/service'
import { recordCrisis } from '../care/record-crisis.ts'
import { showCard } from '../care/show-card.ts'
import type { ModerationContext } from '../context.ts'
import { recordVerdict } from '../review/record-verdict.ts'
import { judge, type Layered } from './layers.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

/**
 * Serves `moderation.check.v1`: every layer, under the policy for this person and character. What asks for more than being
 * allowed is written down; a write that fails never holds the answer back.
 */
export const check: Handlers['check'] = async (input, ctx, { scope }) => {
  const personId = scope.kind === 'system' ? null : personOf(scope)
  const age = personId ? await ctx.ages.of(personId) : 'unknown'
  const [policy, restricted, layered] = await Promise.all([
    ctx.policies.for({ workspaceId: input.workspaceId ?? null, rating: input.rating ?? null, age }),
    personId && input.direction === 'person' ? ctx.standings.restrictionOf(personId) : null,
    judge({ text: input.text, direction: input.direction, recent: input.recent ?? [] }, ctx.model, faultLog(ctx)),
  ])
  const verdict = underPolicy(policy, input.direction, layered)
  if (personId) await write(ctx, personId, input, verdict, layered)
  const answer: CallOutput<typeof moderation.calls.check> = { ...verdict, policy }
  // Somebody in need is never met with a closed door.
  if (restricted === null || riskRank(verdict.risk) >= riskRank('high')) return answer
  return { ...answer, action: 'block', restricted }
}

/** Serves `moderation.check-window.v1`: a stretch of an answer, judged with what stands before it. */
export const checkWindow: Handlers['checkWindow'] = async (input, ctx, { scope }) => {
  const personId = scope.kind === 'system' ? null : personOf(scope)
  const age = personId ? await ctx.ages.of(personId) : 'unknown'
  const [policy, layered] = await Promise.all([
    ctx.policies.for({ workspaceId: input.workspaceId ?? null, rating: input.rating ?? null, age }),
    judge({ text: `${input.before}${input.text}`, direction: 'character', recent: [] }, ctx.model, faultLog(ctx)),
  ])
  const from = input.before.length
  const classes = layered.classes
    .filter(({ span }) => span === null || span[1] > from)
    .map(found =>
      found.span
        ? { ...found, span: [Math.max(0, found.span[0] - from), found.span[1] - from] as [number, number] }
        : found,
    )
  const verdict = underPolicy(policy, 'character', { ...layered, classes })
  if (personId)
    await write(ctx, personId, { direction: 'character', turnId: input.turnId }, verdict, { ...layered, classes })
  return verdict
}

const underPolicy = (policy: Policy, direction: Direction, layered: Layered): Verdict => ({
  ...verdictOf(policy, direction, layered.classes, layered.risk),
  ruleVersion: layered.ruleVersion,
  absent: layered.absent,
})

interface Place {
  direction: Direction
  conversationId?: string | null | undefined
  turnId?: string | null | undefined
  messageId?: string | null | undefined
  seen?: Verdict['risk'] | undefined
}

async function write(
  ctx: ModerationContext,
  personId: string,
  place: Place,
  verdict: Verdict,
  layered: Layered,
): Promise<void> {
  const grave = riskRank(verdict.risk) >= riskRank('high')
  if (grave && riskRank(place.seen ?? 'none') < riskRank('high')) showCard(ctx, personId, crisisCard({}))
  if (verdict.action === 'allow' && !grave) return
  try {
    await recordVerdict(ctx, personId, place, verdict)
    if (grave && place.turnId)
      await recordCrisis(ctx, {
        personId,
        conversationId: place.conversationId ?? null,
        turnId: place.turnId,
        risk: verdict.risk,
        ruleVersion: verdict.ruleVersion,
        byCourse: layered.byCourse,
      })
  } catch (error) {
    ctx.log.error({ err: error, turnId: place.turnId }, 'a verdict could not be written down')
  }
}

const faultLog = (ctx: ModerationContext) => (layer: string, error: unknown) =>
  ctx.log.warn(
    { layer, reason: error instanceof Error ? error.name : 'unknown' },
    'a layer of moderation did not answer',
  )
