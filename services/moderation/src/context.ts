import type { moderation } from '@luna/contracts'
import type { BaseContext, EventDelivery, Tx } from '@luna/service'
import type { ModerationConfig } from './config.ts'
import type { Tables } from './db/tables.ts'
import { createPolicies, type Policies } from './policies/policies.ts'

export type ModerationContract = typeof moderation

/** What moderation's handlers may use. */
export interface ModerationContext extends BaseContext<Tables, ModerationContract> {
  readonly policies: Policies
}

export type ModerationTx = Tx<Tables, ModerationContract>
export type ModerationDelivery = EventDelivery<Tables, ModerationContract>

export function createContext(
  base: BaseContext<Tables, ModerationContract>,
  _config: ModerationConfig,
): ModerationContext {
  return { ...base, policies: createPolicies(base.store) }
}
