import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The path of a program, in the folders of PATH and those where Debian puts servers. */
export async function findProgram(name: string, path = process.env['PATH'] ?? ''): Promise<string | undefined> {
  for (const folder of [...path.split(delimiter), '/usr/local/sbin', '/usr/sbin']) {
    const file = join(folder, name)
    if (folder && (await isExecutable(file))) return file
  }
  return undefined
}

async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** Whether packages can be installed here: Debian's tools, and root to use them. */
export async function canInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findProgram('apt-get')) !== undefined
}

/** Installs a Debian package. @returns why not, or undefined when it is there. */
export async function installPackage(name: string): Promise<string | undefined> {
  const install = ['install', '--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', name]
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 }
  try {
    await run('apt-get', install, options).catch(async () => {
      await run('apt-get', ['update'], options)
      await run('apt-get', install, options)
    })
    return undefined
  } catch (error) {
    return `apt-get install ${name} failed: ${(error as Error).message.trim().split('\n').at(-1)}`
  }
}
