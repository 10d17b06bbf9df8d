import { join } from 'node:path'
import { readIfThere } from './files.ts'

/** What a PostgreSQL server writes about itself into its data directory (postmaster.pid, miscadmin.h LOCK_FILE_LINE_*). */
export interface PostmasterFile {
  pid: number
  dataDir: string
  port: number
  status: 'starting' | 'stopping' | 'ready' | 'standby' | undefined
}

const statuses = ['starting', 'stopping', 'ready', 'standby'] as const

export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  const word = lines[7]?.trim()
  return {
    pid,
    dataDir: lines[1] ?? '',
    port: Number(lines[3] ?? 0),
    status: statuses.find(status => status === word),
  }
}

export const postmasterFile = (clusterDir: string) => join(clusterDir, 'postmaster.pid')

export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | undefined> {
  const text = await readIfThere(postmasterFile(clusterDir))
  return text === undefined ? undefined : parsePostmasterFile(text)
}
