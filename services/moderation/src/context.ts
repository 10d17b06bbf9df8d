import type { moderation } from '@luna/contracts'
import type { BaseContext, EventDelivery, Tx } from '@luna/service'
import type { ModelLayer } from './check/model-layer.ts'
import type { ModerationConfig } from './config.ts'
import type { Tables } from './db/tables.ts'
import { type Ages, createAges } from './people/ages.ts'
import { createPolicies, type Policies } from './policies/policies.ts'
import { createStandings, type Standings } from './review/standings.ts'

export type ModerationContract = typeof moderation

/** What moderation's handlers may use. */
export interface ModerationContext extends BaseContext<Tables, ModerationContract> {
  readonly config: ModerationConfig
  readonly policies: Policies
  readonly ages: Ages
  readonly standings: Standings
  /** Null: no moderation model is configured, so none is missing. */
  readonly model: ModelLayer | null
}

export type ModerationTx = Tx<Tables, ModerationContract>
export type ModerationDelivery = EventDelivery<Tables, ModerationContract>

export async function createContext(
  base: BaseContext<Tables, ModerationContract>,
  config: ModerationConfig,
): Promise<ModerationContext> {
  const named = config.environment['LUNA_PROVIDERS'] !== undefined
  return {
    ...base,
    config,
    policies: createPolicies(base.store),
    ages: createAges(base.call, base.clock),
    standings: createStandings(base.store),
    model: named ? await (await import('./check/model-layer.ts')).openModelLayer(config.environment, base.log) : null,
  }
}
