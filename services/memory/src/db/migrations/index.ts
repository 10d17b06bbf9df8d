import type { Migrations } from '@luna/service'
import { episodes } from './2026-11-21T01-episodes.ts'
import { memories } from './2026-11-21T10-memories.ts'

export const migrations: Migrations = { '2026-11-21T01-episodes': episodes, '2026-11-21T10-memories': memories }
