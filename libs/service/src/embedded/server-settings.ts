import { createHash } from 'node:crypto'

/** PostgreSQL settings by name, as in postgresql.conf. */
export type ServerSettings = Readonly<Record<string, string | number>>

/**
 * For one household: durable, 64 MB of buffers, no process that a small server does not need. Errors of statements go to
 * the client alone, since they may quote what a person wrote.
 */
const defaults: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  huge_pages: 'off',
  io_method: 'sync',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: 0,
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  autovacuum: 'on',
  max_worker_processes: 4,
  max_parallel_workers_per_gather: 0,
  max_logical_replication_workers: 0,
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: -1,
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/**
 * The settings of a server as arguments of `postgres`. The last one, cluster_name, is a fingerprint of all others and
 * the server's version: a running server that shows the same name runs with the same settings.
 */
export function serverArguments(settings: ServerSettings, version: string): { args: string[]; clusterName: string } {
  const all = { ...defaults, ...settings }
  const pairs = Object.entries(all).map(([name, value]) => `${name}=${value}`)
  const clusterName = `luna-${createHash('sha256')
    .update(`${version}\n${pairs.join('\n')}`)
    .digest('hex')
    .slice(0, 16)}`
  return { args: [...pairs, `cluster_name=${clusterName}`].flatMap(pair => ['-c', pair]), clusterName }
}
