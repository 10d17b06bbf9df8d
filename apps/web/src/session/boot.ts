import { LunaError } from '@luna/contracts'

export type Boot = { name: 'signed-in' } | { name: 'sign-in' } | { name: 'unreachable'; error: LunaError }

export interface BootDeps {
  /** Whether somebody was signed in here before: only then there can be a refresh cookie. */
  wasHere: boolean
  refresh(): Promise<unknown>
  local(): Promise<unknown>
}

const meansNo = new Set(['unauthorized', 'forbidden', 'not-found', 'invalid'])

/** Finds a way in without asking: the session of last time, then local mode; else a person must sign in. */
export async function boot(deps: BootDeps): Promise<Boot> {
  const ways = deps.wasHere ? [deps.refresh, deps.local] : [deps.local, deps.refresh]
  for (const way of ways) {
    try {
      await way()
      return { name: 'signed-in' }
    } catch (thrown) {
      const error = LunaError.from(thrown)
      if (!meansNo.has(error.code)) return { name: 'unreachable', error }
    }
  }
  return { name: 'sign-in' }
}
