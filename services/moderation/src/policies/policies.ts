import { LunaError, type Policy } from '@luna/contracts'
import { type RawDatabase, system } from '@luna/service'
import type { Tables } from '../db/tables.ts'

/** The policy that holds, read once and kept until another is announced. */
export interface Policies {
  current(): Promise<Policy>
  /** Another policy holds: the next question reads it. */
  drop(): void
}

export function createPolicies(store: Pick<RawDatabase<Tables>, 'transaction'>): Policies {
  let kept: Promise<Policy> | null = null
  return {
    current() {
      if (kept) return kept
      const reading = load(store)
      kept = reading
      reading.catch(() => {
        if (kept === reading) kept = null
      })
      return reading
    },
    drop() {
      kept = null
    },
  }
}

async function load(store: Pick<RawDatabase<Tables>, 'transaction'>): Promise<Policy> {
  const row = await store.transaction(system, sql =>
    sql.selectFrom('policies').select(['version', 'policy']).orderBy('version', 'desc').limit(1).executeTakeFirst(),
  )
  if (!row)
    throw new LunaError('internal', 'The table of policies is empty: migrations put version 1 there. Restore the row.')
  return { version: row.version, mode: row.policy.mode, actions: row.policy.actions }
}
