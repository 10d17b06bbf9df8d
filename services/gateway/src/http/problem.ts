import { errorTable, type LunaError } from '@luna/contracts'
import { z } from 'zod'

/** One fault of a request: where, and what is wrong there. */
export const problemFault = z.object({ path: z.string(), message: z.string() })

/** RFC 9457 problem details, with Luna's own members behind the standard ones. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  retryable: z.boolean(),
  errors: z.array(problemFault).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
})
export type Problem = z.infer<typeof problem>

export const problemType = 'application/problem+json'

/** @param instance the path of the request, without its query */
export function toProblem(error: LunaError, instance: string): Problem {
  const { faults, ...details } = error.details ?? {}
  const errors = z.array(problemFault).safeParse(faults)
  return {
    type: `urn:luna:error:${error.code}`,
    title: errorTable[error.code].title,
    status: error.status,
    detail: error.message,
    instance,
    code: error.code,
    retryable: error.retryable,
    ...(errors.success ? { errors: errors.data } : {}),
    ...(Object.keys(details).length > 0 ? { details } : {}),
  }
}

/** Seconds after which the same request may be sent again; null when nothing is known. */
export function retryAfterSeconds(error: LunaError): number | null {
  const ms = error.details?.['retryAfterMs']
  if (typeof ms === 'number') return Math.max(1, Math.ceil(ms / 1_000))
  return error.code === 'unavailable' || error.code === 'moderation-unavailable' ? 2 : null
}
