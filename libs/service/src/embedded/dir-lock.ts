import { randomUUID } from 'node:crypto'
import { link, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LunaError } from '@luna/contracts'
import { readIfThere, writeWhole } from './files.ts'
import { isAlive, pidSpace, processIdentity } from './process-identity.ts'

/** Held by one process per data directory. `file` exists until someone else has taken over. */
export interface DirLock {
  file: string
  release(): Promise<void>
}

interface Holder {
  pid: number
  identity?: string | undefined
  pidSpace?: string | undefined
  released?: boolean
}

/** A holder in another container cannot be asked; it is alive while it touches its file this often. */
const heartbeatMs = 5_000
const silenceMs = 3 * heartbeatMs

/**
 * Takes the lock of a directory, or takes it over from a process that no longer exists.
 *
 * The lock is the file `lock.<n>` with the highest n. Taking it creates n + 1 (atomic, with its content) and then
 * deletes what is lower; the highest is never deleted, so of two processes that find the same dead holder one wins.
 * @throws LunaError `conflict`, naming the process, when another one holds it.
 */
export async function lockDir(dir: string, onWait: (text: string) => void): Promise<DirLock> {
  const own: Holder = {
    pid: process.pid,
    identity: await processIdentity(process.pid),
    pidSpace: await pidSpace(),
  }
  const draft = join(dir, `lock-draft.${randomUUID()}`)
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    for (;;) {
      const last = await highest(dir)
      if (last > 0) await refuseIfHeld(dir, last, own, onWait)
      const file = lockFile(dir, last + 1)
      if (!(await createFrom(draft, file))) continue
      if ((await highest(dir)) !== last + 1) {
        await rm(file, { force: true })
        continue
      }
      for (const n of await numbers(dir)) if (n <= last) await rm(lockFile(dir, n), { force: true })
      return held(file, own)
    }
  } finally {
    await rm(draft, { force: true })
  }
}

function held(file: string, own: Holder): DirLock {
  const heartbeat = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => undefined)
  }, heartbeatMs)
  heartbeat.unref()
  return {
    file,
    async release() {
      clearInterval(heartbeat)
      await writeWhole(file, JSON.stringify({ ...own, released: true }))
    },
  }
}

async function refuseIfHeld(dir: string, n: number, own: Holder, onWait: (text: string) => void): Promise<void> {
  const holder = parseHolder(await readIfThere(lockFile(dir, n)))
  if (!holder || holder.released) return
  if (holder.pidSpace === own.pidSpace) {
    if (!isAlive(holder.pid)) return
    const identity = await processIdentity(holder.pid)
    if (holder.identity && identity && identity !== holder.identity) return
  } else if (await fallsSilent(lockFile(dir, n), onWait)) return
  const who = holder.pid === process.pid ? 'this process itself' : `the process ${holder.pid}`
  throw new LunaError(
    'conflict',
    `The data directory ${dir} is in use by ${who}. Stop that one first, or set LUNA_DATA_DIR to another directory.`,
    { details: { pid: holder.pid, dataDir: dir } },
  )
}

function parseHolder(text: string | undefined): Holder | undefined {
  try {
    return text ? (JSON.parse(text) as Holder) : undefined
  } catch {
    return undefined
  }
}

async function fallsSilent(file: string, onWait: (text: string) => void): Promise<boolean> {
  const touched = async () => (await stat(file).catch(() => undefined))?.mtimeMs ?? 0
  const first = await touched()
  if (Date.now() - first > silenceMs) return true
  onWait(`Waiting up to ${silenceMs / 1000} s to see whether another container still uses this data directory`)
  while (Date.now() - first <= silenceMs) {
    await new Promise(resolve => setTimeout(resolve, 250))
    if ((await touched()) !== first) return false
  }
  return true
}

const lockFile = (dir: string, n: number) => join(dir, `lock.${n}`)

async function createFrom(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function numbers(dir: string): Promise<number[]> {
  const names = await readdir(dir)
  return names.flatMap(name => /^lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number)
}

const highest = async (dir: string) => Math.max(0, ...(await numbers(dir)))
