import { z } from 'zod'
import { type Bucket, buckets } from './limits.ts'

export interface Rate {
  /** How many at once after a pause. */
  burst: number
  /** How many a minute in the long run. */
  perMinute: number
}

export type Rates = Readonly<Record<Bucket, Rate>>

/** The built-in table: generous for one person at the keyboard, tight for whoever guesses passwords. */
export const defaultRates: Rates = {
  requests: { burst: 240, perMinute: 1_200 },
  auth: { burst: 30, perMinute: 30 },
  messages: { burst: 30, perMinute: 60 },
  frames: { burst: 240, perMinute: 1_200 },
  sockets: { burst: 30, perMinute: 120 },
  completions: { burst: 30, perMinute: 120 },
  export: { burst: 5, perMinute: 2 },
}

const rate = z.strictObject({
  burst: z.number().int().min(1).max(1_000_000),
  perMinute: z.number().positive().max(10_000_000),
})
const changes = z.partialRecord(z.enum(buckets), rate)

/** `off`, or JSON such as `{"messages": {"burst": 10, "perMinute": 20}}` over the built-in table. Null when off. */
export const limitsSetting = z.string().transform((value, context): Rates | null => {
  if (value === 'off') return null
  try {
    return { ...defaultRates, ...changes.parse(JSON.parse(value)) }
  } catch (error) {
    const why = error instanceof z.ZodError ? error.issues.map(issue => issue.message).join('; ') : 'it is not JSON'
    context.addIssue({
      code: 'custom',
      message: `must be \`off\` or JSON like {"messages": {"burst": 10, "perMinute": 20}} with some of ${buckets.join(', ')}: ${why}`,
    })
    return z.NEVER
  }
})
