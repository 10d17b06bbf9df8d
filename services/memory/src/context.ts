import { LunaError, type memory } from '@luna/contracts'
import type { BaseContext, EventDelivery, PersonKey, Tx } from '@luna/service'
import type { MemoryConfig } from './config.ts'
import type { Tables } from './db/tables.ts'
import { createInTurn, type InTurn } from './follow/in-turn.ts'

export type MemoryContract = typeof memory

/** What memory's handlers may use. */
export interface MemoryContext extends BaseContext<Tables, MemoryContract> {
  readonly config: MemoryConfig
  /** One at a time in each conversation: the second finds known what the first has looked up. */
  readonly inTurn: InTurn
}

export type MemoryTx = Tx<Tables, MemoryContract>
export type MemoryDelivery = EventDelivery<Tables, MemoryContract>

export const createContext = (base: BaseContext<Tables, MemoryContract>, config: MemoryConfig): MemoryContext => ({
  ...base,
  config,
  inTurn: createInTurn(),
})

/** The key of a person; null once it is destroyed, which means that the person is erased. */
export async function keyOf(ctx: MemoryContext, personId: string): Promise<PersonKey | null> {
  try {
    return await ctx.keys.of(personId)
  } catch (error) {
    if (error instanceof LunaError && error.code === 'not-found') return null
    throw error
  }
}
