import { erasingServices, LunaError } from '@luna/contracts'
import { z } from 'zod'
import type { GatewayContext } from '../context.ts'
import { findErasure } from '../db/look-ups.ts'
import { missingAnswers } from './missing-answers.ts'

const counts = z.record(z.string(), z.number().int())

export const erasureReceipt = z.object({
  erasureId: z.uuid(),
  state: z.enum(['running', 'completed']),
  requestedAt: z.iso.datetime(),
  /** When the key was destroyed: the last step. */
  completedAt: z.iso.datetime().nullable(),
  /** What each service has erased, counted by table or store. */
  services: z.record(z.string(), counts),
  waitingFor: z.array(z.string()),
  /** Stored messages that were taken out of the bus. */
  purgedMessages: z.number().int().nullable(),
})
export type ErasureReceipt = z.infer<typeof erasureReceipt>

/** @throws LunaError `not-found` */
export async function readReceipt(ctx: Pick<GatewayContext, 'store'>, erasureId: string): Promise<ErasureReceipt> {
  const found = await findErasure(ctx, erasureId)
  if (!found) throw new LunaError('not-found', 'There is no erasure with this id.')
  return {
    erasureId,
    state: found.completed_at ? 'completed' : 'running',
    requestedAt: found.requested_at.toISOString(),
    completedAt: found.completed_at?.toISOString() ?? null,
    services: { gateway: found.own_counts, ...found.answers },
    waitingFor: missingAnswers(erasingServices, Object.keys(found.answers)),
    purgedMessages: found.purged,
  }
}
