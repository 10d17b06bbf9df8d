import type { AbuseRule } from '../rule.ts'
import { harassment, hate, hateThreat } from './hate.ts'
import { illicit } from './illicit.ts'
import { promptInjection } from './prompt-injection.ts'
import { selfHarm } from './self-harm.ts'
import { sexual, sexualMinors } from './sexual.ts'
import { violence, violenceGraphic } from './violence.ts'

export const allAbuseRules: readonly AbuseRule[] = [
  ...sexualMinors,
  ...sexual,
  ...hateThreat,
  ...hate,
  ...harassment,
  ...violence,
  ...violenceGraphic,
  ...selfHarm,
  ...illicit,
  ...promptInjection,
]
