import type { chat, Payload } from '@luna/contracts'
import { riskRank, ruleVersion } from '@luna/safety'
import type { Heard } from '@luna/service'
import type { ModerationContext, ModerationTx } from '../context.ts'
import { addCrisis } from './record-crisis.ts'

/**
 * Takes up each crisis that a turn ended with. What `check` has written down already stays as it is; what it could not, because
 * moderation was away while the turn ran, is made up for here.
 */
export async function followCrises(
  heard: readonly Heard<Payload<typeof chat.events.turnEnded>>[],
  tx: ModerationTx,
  ctx: ModerationContext,
): Promise<void> {
  for (const { payload } of heard) {
    const { risk, personId, turnId, private: isPrivate } = payload
    if (riskRank(risk) < riskRank('high')) continue
    const conversationId = isPrivate ? null : payload.conversationId
    await addCrisis(tx, ctx, { personId, conversationId, turnId, risk, ruleVersion, byCourse: false })
  }
}
