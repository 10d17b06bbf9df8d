import { personality } from '@luna/contracts'
import { createModels, findProviders, type Models } from '@luna/models'
import type { BaseContext, EventDelivery, Tx } from '@luna/service'
import { LRUCache } from 'lru-cache'
import type { PreparedBook, PreparedCharacter } from './compose/prepare.ts'
import type { PersonalityConfig } from './config.ts'
import type { Tables } from './db/tables.ts'
import { createStarters, type Starters } from './starters/starters.ts'
import { createWork, type Work } from './work.ts'

export type PersonalityContract = typeof personality

/** What personality's handlers may use. */
export interface PersonalityContext extends BaseContext<Tables, PersonalityContract> {
  /** The characters that come with Luna. */
  readonly starters: Starters
  /** By id and version: what is stored newer has another key. */
  readonly prepared: LRUCache<string, PreparedCharacter>
  readonly books: LRUCache<string, PreparedBook>
  /** Found when the generator is first used: looking for models takes its time. */
  models(): Promise<Models>
  readonly work: Work
  /** Tells whoever watches that something of this person has changed. */
  changed(personId: string, what: 'character' | 'mood', id: string, version: number): void
}

export type PersonalityTx = Tx<Tables, PersonalityContract>
export type PersonalityDelivery = EventDelivery<Tables, PersonalityContract>

export function createContext(
  base: BaseContext<Tables, PersonalityContract>,
  config: PersonalityConfig,
): PersonalityContext {
  let models: Promise<Models> | undefined
  return {
    ...base,
    starters: createStarters(base),
    prepared: new LRUCache({ max: 2_000 }),
    books: new LRUCache({ max: 2_000 }),
    models() {
      models ??= findProviders(config.environment).then(({ providers }) => createModels({ providers, log: base.log }))
      return models
    },
    work: createWork(),
    changed: (personId, what, id, version) =>
      base.emit(personality.feeds.personFrames, personId, { type: 'changed', what, id, version }),
  }
}
