import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readIfThere, writeWhole } from './files.ts'

/** The name of the server's only superuser, and of the database its URL names. */
export const administrator = 'postgres'

/** Reads the administrator's password, 256 random bits in base64url; made when missing, and then `made` is true. */
export async function readPassword(dataDir: string): Promise<{ password: string; made: boolean }> {
  const file = join(dataDir, 'password')
  const found = (await readIfThere(file))?.trim()
  if (found) return { password: found, made: false }
  const password = randomBytes(32).toString('base64url')
  await writeWhole(file, `${password}\n`)
  return { password, made: true }
}

export function administratorUrl(password: string, port: number): string {
  return `postgres://${administrator}:${encodeURIComponent(password)}@127.0.0.1:${port}/${administrator}`
}
