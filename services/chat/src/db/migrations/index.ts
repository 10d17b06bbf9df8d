import type { Migrations } from '@luna/service'
import * as conversations from './2026-11-21T00-conversations.ts'

/** Listed by hand, in order. */
export const migrations: Migrations = {
  '2026-11-21T00-conversations': conversations,
}
