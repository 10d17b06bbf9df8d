import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LunaError } from '@luna/contracts'
import { generateMasterKey, type MasterKeyRing, parseMasterKeyRing } from '@luna/service'

export const masterKeyFile = (dataDir: string): string => join(dataDir, 'master.key')

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code

async function readKey(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new LunaError(
      'invalid',
      `The master key in ${path} cannot be read (${String(codeOf(error))}). Let this user read it.`,
      {
        cause: error,
      },
    )
  }
}

/** Made whole under another name first and then linked: of two starts at once, one makes it and both read it. */
async function makeKey(dataDir: string, path: string, suffix: string): Promise<void> {
  const draft = `${path}.${suffix}`
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(`${generateMasterKey()}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await link(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST')
      throw new LunaError(
        'invalid',
        `No master key could be made in ${dataDir} (${String(codeOf(error))}). Make the folder writable or set LUNA_MASTER_KEY.`,
        {
          cause: error,
        },
      )
  } finally {
    await rm(draft, { force: true })
  }
}

export interface MasterKeySource {
  masterKey: string | undefined
  previousMasterKey: string | undefined
  dataDir: string
  /** Only the one process of an embedded Luna may make a key of its own. */
  mayMake: boolean
  /** Tells the drafts of two processes apart. */
  suffix: string
}

/**
 * LUNA_MASTER_KEY, else `master.key` (mode 0600) in the data directory, made at first need.
 * @throws LunaError `invalid`
 */
export async function loadMasterKeys(source: MasterKeySource): Promise<MasterKeyRing> {
  if (source.masterKey) return parseMasterKeyRing(source.masterKey, source.previousMasterKey)
  if (!source.mayMake)
    throw new LunaError(
      'invalid',
      'LUNA_MASTER_KEY is not set, and services that run as processes of their own must share one. Make it with `openssl rand -base64 32`.',
    )
  const path = masterKeyFile(source.dataDir)
  let key = await readKey(path)
  if (key === null) {
    await makeKey(source.dataDir, path, source.suffix)
    key = await readKey(path)
  }
  if (!key?.trim())
    throw new LunaError(
      'invalid',
      `The master key in ${path} is empty. Put the key back from a backup: without it nothing stored can be read.`,
    )
  return parseMasterKeyRing(key, source.previousMasterKey)
}
