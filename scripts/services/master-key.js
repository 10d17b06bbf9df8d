import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** All processes on this machine share the key in LUNA_DATA_DIR, the same file that `npm start` uses; made at first use. */
export function masterKeyOf(dataDir) {
  const path = join(dataDir, 'master.key')
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8').trim()
}
