import type { Migrations } from '@luna/service'

export const migrations: Migrations = {}
