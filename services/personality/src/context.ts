import type { personality } from '@luna/contracts'
import type { BaseContext, EventDelivery, Tx } from '@luna/service'
import { type Catalogue, createCatalogue } from './characters/catalogue.ts'
import { luna } from './characters/luna/luna.ts'
import type { PersonalityConfig } from './config.ts'
import type { Tables } from './db/tables.ts'

export type PersonalityContract = typeof personality

/** What personality's handlers may use. */
export interface PersonalityContext extends BaseContext<Tables, PersonalityContract> {
  readonly catalogue: Catalogue
}

export type PersonalityTx = Tx<Tables, PersonalityContract>
export type PersonalityDelivery = EventDelivery<Tables, PersonalityContract>

export const createContext = (
  base: BaseContext<Tables, PersonalityContract>,
  _config: PersonalityConfig,
): PersonalityContext => ({ ...base, catalogue: createCatalogue([luna], luna.id) })
