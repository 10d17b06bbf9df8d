import type { Migrations } from '@luna/service'
import { plugins } from './2026-11-21T04-plugins.ts'

export const migrations: Migrations = { '2026-11-21T04-plugins': plugins }
