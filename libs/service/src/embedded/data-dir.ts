import { mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LunaError } from '@luna/contracts'
import { readIfThere, writeWhole } from './files.ts'
import { diskFull } from './server-fault.ts'

/** What is remembered from one start to the next. */
export interface State {
  port?: number
  /** Where the server's files lie when they are not in the data directory itself. */
  filesDir?: string
}

/**
 * Makes the data directory where it is missing and tries that it can be written.
 * @returns its real path
 * @throws LunaError `invalid`, or `unavailable` on a full disk
 */
export async function openDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    const dir = await realpath(dataDir)
    const probe = join(dir, `probe.${process.pid}`)
    await writeFile(probe, 'x')
    await rm(probe)
    return dir
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(dataDir)
    throw new LunaError(
      'invalid',
      `The data directory ${dataDir} cannot be used: ${message}. Set LUNA_DATA_DIR to a directory that the user who runs Luna may write.`,
      { cause, details: { dataDir, code } },
    )
  }
}

const stateFile = (dataDir: string) => join(dataDir, 'state.json')

export async function readState(dataDir: string): Promise<State> {
  const text = await readIfThere(stateFile(dataDir))
  if (text === undefined) return {}
  try {
    return JSON.parse(text) as State
  } catch (cause) {
    throw new LunaError(
      'invalid',
      `${stateFile(dataDir)} is not JSON. Put it back from a backup; if there never was a "filesDir" in it, it may be deleted.`,
      { cause },
    )
  }
}

export async function writeState(dataDir: string, state: State): Promise<void> {
  await writeWhole(stateFile(dataDir), `${JSON.stringify(state)}\n`)
}
