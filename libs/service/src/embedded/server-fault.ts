import { LunaError } from '@luna/contracts'

/** Where it happened, for the message. */
export interface FaultPlace {
  filesDir: string
  logFile: string
  port?: number
}

type Fault = readonly [pattern: RegExp, error: (place: FaultPlace, match: RegExpExecArray) => LunaError]

const faults: readonly Fault[] = [
  [/No space left on device|disk quota exceeded/i, ({ filesDir }) => diskFull(filesDir)],
  [
    /could not bind .* address|Address already in use/,
    ({ port }) =>
      new LunaError('unavailable', `Port ${port} of 127.0.0.1 is taken. Free it, or let Luna choose a port itself.`, {
        details: { port },
      }),
  ],
  [
    /initialized by PostgreSQL version (\d+)/,
    ({ filesDir }, match) => wrongVersion(filesDir, match[1] as string, undefined),
  ],
  [
    /pre-existing shared memory block|lock file "postmaster\.pid" already exists/,
    ({ filesDir }) =>
      new LunaError(
        'conflict',
        `Another PostgreSQL server still uses ${filesDir}. Stop it (its process id is in cluster/postmaster.pid there), then start again.`,
      ),
  ],
  [
    /error while loading shared libraries: ([^:]+)/,
    (_, match) =>
      new LunaError(
        'unavailable',
        `The PostgreSQL binaries cannot run here: the library ${match[1]} is missing. Install it, or set DATABASE_URL to a PostgreSQL server of your own.`,
      ),
  ],
  [
    /could not (?:map anonymous|resize|create) shared memory|Cannot allocate memory|out of memory/i,
    () =>
      new LunaError('unavailable', 'PostgreSQL found too little memory to start. Free some (it needs about 150 MB).'),
  ],
  [
    /(?:invalid|could not locate a valid) checkpoint record|PANIC: .*|database files are incompatible/,
    ({ filesDir, logFile }, match) =>
      new LunaError(
        'internal',
        `The database in ${filesDir} is damaged (${match[0]}). Restore it from a backup; ${logFile} says more.`,
      ),
  ],
  [
    /could not (?:open|create|access|read|change permissions of) [^\n]*: (?:Permission denied|Operation not permitted|Read-only file system)/,
    ({ filesDir }, match) =>
      new LunaError(
        'invalid',
        `PostgreSQL may not use ${filesDir}: ${match[0]}. Give the directory to the user who runs Luna, or set LUNA_DATA_DIR to another one.`,
      ),
  ],
]

/** What the output of a server or of initdb that ended too early means, and what to do about it. */
export function serverFault(output: string, place: FaultPlace): LunaError {
  for (const [pattern, error] of faults) {
    const match = pattern.exec(output)
    if (match) return error(place, match)
  }
  const last = output.trim().split('\n').slice(-3).join(' | ') || 'it printed nothing'
  return new LunaError('unavailable', `PostgreSQL did not start: ${last}. ${place.logFile} says more.`)
}

const mib = (bytes: number) => `${Math.floor(bytes / 2 ** 20)} MiB`

export function diskFull(dir: string, freeBytes?: number, neededBytes?: number): LunaError {
  const found = freeBytes === undefined ? '' : ` (${mib(freeBytes)} free, ${mib(neededBytes ?? 0)} needed)`
  return new LunaError(
    'unavailable',
    `The disk that holds ${dir} is full${found}. Free some space, or set LUNA_DATA_DIR to a directory on another disk.`,
    { details: { dir, freeBytes, neededBytes } },
  )
}

export function wrongVersion(dir: string, found: string, expected: string | undefined): LunaError {
  const ours = expected ? `PostgreSQL ${expected}` : 'another major version'
  return new LunaError(
    'invalid',
    `The database in ${dir} was made by PostgreSQL ${found}; this Luna brings ${ours}. Dump it with PostgreSQL ${found} (pg_dumpall), move the directory away, start Luna and restore the dump; or set LUNA_DATA_DIR to another directory.`,
    { details: { found, expected } },
  )
}
