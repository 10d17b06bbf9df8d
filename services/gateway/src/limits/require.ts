import { LunaError } from '@luna/contracts'
import type { Bucket, Limits } from './limits.ts'

/** @throws LunaError `rate-limited` with `details.retryAfterMs` */
export async function requireRoom(limits: Limits, bucket: Bucket, key: string, cost?: number): Promise<void> {
  const { ok, retryAfterMs } = await limits.take(bucket, key, cost)
  if (ok) return
  const seconds = Math.ceil(retryAfterMs / 1_000)
  throw new LunaError('rate-limited', `Too much at once (${bucket}). Try again in ${seconds} s.`, {
    details: { limit: bucket, retryAfterMs },
  })
}
