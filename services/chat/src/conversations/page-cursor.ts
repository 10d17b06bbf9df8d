import { LunaError, limits } from '@luna/contracts'

export const pageLimit = (asked: number | undefined): number => Math.min(asked ?? 50, limits.pageRows)

/** Opaque outside: base64url of JSON. */
export const encodePage = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export function decodePage<T>(cursor: string | undefined, check: (value: unknown) => value is T): T | null {
  if (cursor === undefined) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (check(value)) return value
  } catch {}
  throw new LunaError('invalid', 'The cursor is not one of this list. Leave it out to begin at the first page.')
}

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
