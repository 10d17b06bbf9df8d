import { createHash } from 'node:crypto'
import type { PluginManifest } from '@luna/contracts'

/** JSON with sorted keys and no space (RFC 8785), so that equal values have equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(item => canonical(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

/** What a plugin is, in one value: `sha256-` and 64 hexadecimal digits over the canonical manifest without its signature. */
export function contentHash(manifest: PluginManifest): string {
  return `sha256-${createHash('sha256')
    .update(canonical({ ...manifest, signature: undefined }))
    .digest('hex')}`
}
