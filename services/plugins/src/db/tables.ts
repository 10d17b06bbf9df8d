import type { Grant, PluginManifest, PluginSource } from '@luna/contracts'
import type { Generated, JSONColumnType } from 'kysely'

/** Manifests that a person has brought: uploaded, or made of an OpenAPI document or an MCP server. */
interface ManifestsTable {
  person_id: string
  plugin_id: string
  source: PluginSource
  manifest: JSONColumnType<PluginManifest>
  hash: string
  created_at: Generated<Date>
}

/** What a person has. A row of a preinstalled plugin says what differs from its beginning. */
interface InstallsTable {
  person_id: string
  plugin_id: string
  workspace_id: string | null
  source: PluginSource
  manifest: JSONColumnType<PluginManifest>
  hash: string
  granted: JSONColumnType<Grant>
  enabled: boolean
  /** Taken away, though it would be there by itself. */
  removed: boolean
  version: Generated<number>
  updated_at: Generated<Date>
}

interface ConsentsTable {
  person_id: string
  plugin_id: string
  action: string
  decision: 'always' | 'never' | 'ask'
}

interface SecretsTable {
  person_id: string
  plugin_id: string
  name: string
  /** Sealed with the person's key. */
  value: Buffer
  updated_at: Generated<Date>
}

interface StoredTable {
  person_id: string
  plugin_id: string
  key: string
  value: Buffer
}

export interface RunsTable {
  id: string
  person_id: string
  call_id: string
  plugin_id: string
  plugin_version: string
  action: string
  origin: 'model' | 'command' | 'person' | 'timer'
  turn_id: string | null
  holder: string
  status: 'running' | 'done' | 'failed' | 'cancelled' | 'unknown'
  cancel_requested: Generated<boolean>
  arguments: Buffer
  result: Buffer | null
  result_bytes: Generated<number>
  error_code: string | null
  started_at: Generated<Date>
  /** Kept ahead of the clock by a live holder; behind it, the holder is lost. */
  lease_until: Date
  ended_at: Date | null
}

interface TimersTable {
  id: string
  person_id: string
  plugin_id: string
  conversation_id: string
  character_id: string | null
  due_at: Date
  body: Buffer
  state: 'waiting' | 'done' | 'cancelled' | 'failed'
  tries: Generated<number>
  next_try_at: Date
}

interface SignInsTable {
  state: string
  person_id: string
  plugin_id: string
  body: Buffer
  expires_at: Date
}

export interface Tables {
  manifests: ManifestsTable
  installs: InstallsTable
  consents: ConsentsTable
  secrets: SecretsTable
  stored: StoredTable
  runs: RunsTable
  timers: TimersTable
  sign_ins: SignInsTable
}

/** Every table with a person's rows, in the order in which an erasure empties them. */
export const personTables = [
  'sign_ins',
  'timers',
  'runs',
  'stored',
  'secrets',
  'consents',
  'installs',
  'manifests',
] as const satisfies readonly (keyof Tables)[]
