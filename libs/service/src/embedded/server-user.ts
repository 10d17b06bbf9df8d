import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { LunaError } from '@luna/contracts'

const run = promisify(execFile)

/** Whom the server runs as. PostgreSQL refuses to run as root. */
export interface ServerUser {
  uid: number
  gid: number
}

/**
 * The user for a server on this cluster: undefined means "as we are"; as root it is the owner of the cluster, and the
 * system user `name` (made when missing) before there is one.
 * @throws LunaError `invalid` when the cluster belongs to someone we cannot act as.
 */
export async function serverUser(clusterDir: string, name = 'postgres'): Promise<ServerUser | undefined> {
  if (!process.getuid || process.platform === 'win32') return undefined
  const uid = process.getuid()
  const owner = await stat(clusterDir).catch(() => undefined)
  if (uid !== 0) {
    if (!owner || owner.uid === uid) return undefined
    throw new LunaError(
      'invalid',
      `The database in ${clusterDir} belongs to the user with id ${owner.uid}, and Luna runs as the user with id ${uid}. Start Luna as that user (or root), or give it the directory: chown -R ${uid} ${clusterDir}.`,
    )
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return (await findUser(name)) ?? (await createUser(name))
}

async function findUser(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

async function createUser(name: string): Promise<ServerUser> {
  try {
    await run('groupadd', ['--system', '--force', name])
    const home = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin']
    await run('useradd', ['--system', '--gid', name, ...home, name])
  } catch (cause) {
    throw new LunaError(
      'unavailable',
      `PostgreSQL does not run as root, and the user ${name} could not be made (${(cause as Error).message.split('\n')[0]}). Make it (useradd --system ${name}), start Luna as an ordinary user, or set DATABASE_URL.`,
      { cause },
    )
  }
  const user = await findUser(name)
  if (!user)
    throw new LunaError(
      'unavailable',
      `The user ${name} was made but is not known to this system. Start Luna as an ordinary user.`,
    )
  return user
}
