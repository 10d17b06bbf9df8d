import type { chat, Payload } from '@luna/contracts'
import type { Heard } from '@luna/service'
import { followCrises } from '../care/follow-crisis.ts'
import type { ModerationContext, ModerationTx } from '../context.ts'
import { countRisk } from './count-risk.ts'

/** What moderation makes of turns that have ended: their counts, and the crises among them. */
export async function followTurns(
  heard: readonly Heard<Payload<typeof chat.events.turnEnded>>[],
  tx: ModerationTx,
  ctx: ModerationContext,
): Promise<void> {
  await countRisk(heard, tx)
  await followCrises(heard, tx, ctx)
}
