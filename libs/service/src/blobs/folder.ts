import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkDeletable, checkKey, checkPrefix, checkType, limited, limitOf } from './check.ts'
import { type BlobInfo, type Blobs, defaultMaxBytes } from './types.ts'

const headBytes = 256
const magic = 'LUNA-BLOB/1 '
/** Neither can be part of a key, so a blob `a` stands beside the blobs `a/...` and never meets a file being written. */
const ending = '~blob'
const unfinished = '~tmp'
const abandonedAfterMs = 24 * 60 * 60 * 1000

export interface FolderOptions {
  maxBytes?: number
}

/**
 * Blobs as files: 256 bytes of head (`LUNA-BLOB/1 <type>`, spaces, newline), then the body, so that type and body change in one
 * rename. A blob is written aside, synced, renamed into place and its folder synced: after a crash it is there whole or
 * not at all. Files are readable by their owner only. Unfinished files of a day ago are removed when the folder is opened.
 */
export async function folderBlobs(root: string, { maxBytes = defaultMaxBytes }: FolderOptions = {}): Promise<Blobs> {
  await mkdir(join(root, unfinished), { recursive: true, mode: 0o700 })
  await removeAbandoned(join(root, unfinished))
  const fileOf = (key: string) => join(root, `${checkKey(key)}${ending}`)

  async function* walk(folder: string, prefix: string): AsyncGenerator<{ key: string; bytes: number }> {
    for (const entry of (await readdir(folder, { withFileTypes: true }).catch(absent)) ?? []) {
      if (entry.name === unfinished) continue
      if (entry.isDirectory()) yield* walk(join(folder, entry.name), `${prefix}${entry.name}/`)
      else if (entry.isFile() && entry.name.endsWith(ending)) {
        const found = await stat(join(folder, entry.name)).catch(absent)
        if (found) yield { key: prefix + entry.name.slice(0, -ending.length), bytes: found.size - headBytes }
      }
    }
  }
  const list = (prefix: string) => walk(join(root, checkPrefix(prefix)), prefix)

  async function remove(key: string): Promise<boolean> {
    const path = fileOf(key)
    const gone = await rm(path).then(() => true, absent)
    if (!gone) return false
    await syncFolder(dirname(path))
    for (let folder = dirname(path); folder !== root && folder.startsWith(root); folder = dirname(folder))
      if (
        !(await rmdir(folder).then(
          () => true,
          () => false,
        ))
      )
        break
    return true
  }

  return {
    async put(key, body, options) {
      const path = fileOf(key)
      const type = checkType(options.type)
      const aside = join(root, unfinished, randomUUID())
      try {
        const bytes = await write(aside, type, limited(body, limitOf(options, maxBytes)))
        await moveInto(aside, path)
        return { key, bytes, type }
      } finally {
        await rm(aside, { force: true })
      }
    },
    async get(key) {
      const file = await openForReading(fileOf(key))
      if (!file) return null
      try {
        const info = await infoOf(file, key)
        return { ...info, body: file.createReadStream({ start: headBytes }) }
      } catch (error) {
        await file.close()
        throw error
      }
    },
    async head(key) {
      const file = await openForReading(fileOf(key))
      if (!file) return null
      try {
        return await infoOf(file, key)
      } finally {
        await file.close()
      }
    },
    delete: remove,
    async deletePrefix(prefix) {
      let count = 0
      for await (const { key } of list(checkDeletable(prefix))) if (await remove(key)) count += 1
      return count
    },
    list,
  }
}

async function write(path: string, type: string, body: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    await file.write(Buffer.from(`${(magic + type).padEnd(headBytes - 1)}\n`, 'latin1'))
    for await (const chunk of body) {
      await file.writeFile(chunk)
      bytes += chunk.byteLength
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes
}

const openForReading = (path: string) => open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(absent)

async function infoOf(file: FileHandle, key: string): Promise<BlobInfo> {
  const [head, { size }] = await Promise.all([file.read(Buffer.alloc(headBytes), 0, headBytes, 0), file.stat()])
  const line = head.buffer.toString('latin1')
  if (head.bytesRead < headBytes || !line.startsWith(magic))
    throw new Error(`The file of blob ${key} has no blob head: something else wrote it. Restore it or delete the blob.`)
  return { key, type: line.slice(magic.length).trim(), bytes: size - headBytes }
}

/** A delete next door may take the empty folder away between making it and moving into it. */
async function moveInto(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    try {
      await rename(from, to)
      return await syncFolder(dirname(to))
    } catch (error) {
      if (attempt === 10 || codeOf(error) !== 'ENOENT') throw error
    }
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r').catch(absent)
  if (!folder) return
  await folder.sync().finally(() => folder.close())
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(absent)
    if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(path, { force: true })
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}
