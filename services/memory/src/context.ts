import { LunaError, memory } from '@luna/contracts'
import type { Models } from '@luna/models'
import type { BaseContext, EventDelivery, PersonKey, Tx } from '@luna/service'
import type { MemoryConfig } from './config.ts'
import type { Tables } from './db/tables.ts'
import { createRest, type Rest } from './extract/rest.ts'
import { createInTurn, type InTurn } from './follow/in-turn.ts'
import { createPersonIndexes, type PersonIndexes } from './recall/person-indexes.ts'
import { createVectors, type Vectors } from './vectors/vectors.ts'

export type MemoryContract = typeof memory

/** What memory's handlers may use. */
export interface MemoryContext extends BaseContext<Tables, MemoryContract> {
  readonly config: MemoryConfig
  /** One at a time in each conversation: the second finds known what the first has looked up. */
  readonly inTurn: InTurn
  readonly indexes: PersonIndexes
  readonly vectors: Vectors
  /** Models are looked for when the first is wanted: a start waits for none. */
  models(): Promise<Models>
  /** What the learning worker does when there is nothing to do. */
  readonly rest: Rest
  /** Says to whoever watches that a person's memories have changed. */
  emitChanged(personId: string, id?: string, version?: number): void
}

export type MemoryTx = Tx<Tables, MemoryContract>
export type MemoryDelivery = EventDelivery<Tables, MemoryContract>

export function createContext(base: BaseContext<Tables, MemoryContract>, config: MemoryConfig): MemoryContext {
  let models: Promise<Models> | undefined
  const context: MemoryContext = {
    ...base,
    config,
    inTurn: createInTurn(),
    indexes: createPersonIndexes(() => context),
    vectors: createVectors(() => context, config.qdrantUrl),
    rest: createRest(),
    emitChanged(personId, id = personId, version = 0) {
      base.emit(memory.feeds.personFrames, personId, { type: 'changed', what: 'memory', id, version })
    },
    models() {
      models ??= openModels(base, config).catch((error: unknown) => {
        models = undefined
        throw error
      })
      return models
    },
  }
  return context
}

async function openModels({ log }: BaseContext<Tables, MemoryContract>, config: MemoryConfig): Promise<Models> {
  const { createModels, findProviders } = await import('@luna/models')
  const { providers } = await findProviders(config.environment)
  return createModels({ providers, log })
}

/** The key of a person; null once it is destroyed, which means that the person is erased. */
export async function keyOf(ctx: MemoryContext, personId: string): Promise<PersonKey | null> {
  try {
    return await ctx.keys.of(personId)
  } catch (error) {
    if (error instanceof LunaError && error.code === 'not-found') return null
    throw error
  }
}
