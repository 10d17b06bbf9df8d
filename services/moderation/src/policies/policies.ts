import { LunaError, type Policy } from '@luna/contracts'
import { type RawDatabase, system } from '@luna/service'
import type { Tables } from '../db/tables.ts'
import { type Asked, type PolicyVersion, resolvePolicy } from './resolve.ts'

/** The policies that hold, read once and kept until another is announced. */
export interface Policies {
  for(asked: Asked): Promise<Policy>
  all(): Promise<readonly PolicyVersion[]>
  /** Another policy holds: the next question reads it. */
  drop(): void
}

export function createPolicies(store: Pick<RawDatabase<Tables>, 'transaction'>): Policies {
  let kept: Promise<readonly PolicyVersion[]> | null = null
  const all = () => {
    if (kept) return kept
    const reading = load(store)
    kept = reading
    reading.catch(() => {
      if (kept === reading) kept = null
    })
    return reading
  }
  return {
    all,
    for: async asked => resolvePolicy(await all(), asked).policy,
    drop() {
      kept = null
    },
  }
}

async function load(store: Pick<RawDatabase<Tables>, 'transaction'>): Promise<PolicyVersion[]> {
  const rows = await store.transaction(system, sql =>
    sql
      .selectFrom('policies')
      .select(['version', 'policy', 'workspace_id', 'rating', 'age'])
      .orderBy('version')
      .execute(),
  )
  if (rows.length === 0)
    throw new LunaError('internal', 'The table of policies is empty: migrations put version 1 there. Restore the row.')
  return rows.map(({ version, policy, workspace_id, rating, age }) => ({
    version,
    audience: { workspaceId: workspace_id, rating, age },
    mode: policy.mode,
    actions: policy.actions,
  }))
}
