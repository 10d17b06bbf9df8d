import type { Direction, Verdict } from '@luna/contracts'
import { system } from '@luna/service'
import { appendAudit } from '../audit/append.ts'
import type { ModerationContext } from '../context.ts'
import { needsReview } from './needs-review.ts'

export interface VerdictPlace {
  direction: Direction
  conversationId?: string | null | undefined
  turnId?: string | null | undefined
}

/** Writes down a verdict without its text, puts it into the queue where somebody must look, and into the audit where it took something away. */
export async function recordVerdict(
  ctx: Pick<ModerationContext, 'db' | 'random'>,
  personId: string,
  { direction, conversationId = null, turnId = null }: VerdictPlace,
  verdict: Verdict,
): Promise<void> {
  const id = ctx.random.id()
  const classes = verdict.classes.map(({ class: name, score, rule }) => ({ class: name, score, rule }))
  const review = needsReview(verdict)
  await ctx.db.transaction(system, async tx => {
    const erased = await tx.sql
      .selectFrom('erased_persons')
      .select('person_id')
      .where('person_id', '=', personId)
      .executeTakeFirst()
    if (erased) return
    await tx.sql
      .insertInto('verdicts')
      .values({
        id,
        person_id: personId,
        conversation_id: conversationId,
        turn_id: turnId,
        direction,
        classes: JSON.stringify(classes),
        risk: verdict.risk,
        action: verdict.action,
        rule_version: verdict.ruleVersion,
        policy_version: verdict.policyVersion,
      })
      .execute()
    if (!review) return
    await tx.sql
      .insertInto('reviews')
      .values({ id: ctx.random.id(), person_id: personId, verdict_id: id, turn_id: turnId })
      .execute()
    const { action, ruleVersion, policyVersion } = verdict
    const body = {
      verdict: id,
      direction,
      action,
      classes: [...new Set(classes.map(found => found.class))],
      ruleVersion,
      policyVersion,
    }
    await appendAudit(tx, [{ kind: 'verdict', body }])
  })
}
