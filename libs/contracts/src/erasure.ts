import { z } from 'zod'
import { uuid } from './shapes.ts'

/** A service's answer to `gateway.account-erased.v1`: what it has destroyed, counted by table or store. */
export const erasedPayload = z.object({
  personId: uuid,
  erasureId: uuid,
  service: z.string(),
  counts: z.record(z.string(), z.number().int()),
})
export type ErasedPayload = z.infer<typeof erasedPayload>
