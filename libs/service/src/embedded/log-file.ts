import { copyFile, open, readFile, stat, truncate } from 'node:fs/promises'

const maxBytes = 8 * 2 ** 20
const checkMs = 60_000

/**
 * Keeps a log that a server appends to at some 8 MiB, with one older part of the same size beside it (`.1`). The file
 * is emptied in place, since the server holds it open.
 * @returns stops watching
 */
export async function capLog(file: string): Promise<() => void> {
  const check = async () => {
    const { size } = await stat(file)
    if (size < maxBytes) return
    await copyFile(file, `${file}.1`)
    await truncate(file)
  }
  await (await open(file, 'a', 0o600)).close()
  await check()
  const timer = setInterval(() => void check().catch(() => undefined), checkMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** What was appended since the file had this size, 64 KiB at most. */
export async function readLogSince(file: string, size: number): Promise<string> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0))
  return bytes
    .subarray(size <= bytes.length ? size : 0)
    .subarray(-65_536)
    .toString()
}
