import { type PluginManifest, pluginManifest } from '@luna/contracts'
import { contentHash } from '../manifest/canonical.ts'
import { builtins } from './index.ts'

interface Shipped {
  readonly manifest: PluginManifest
  readonly hash: string
  readonly preinstalled: boolean
}

let shipped: ReadonlyMap<string, Shipped> | null = null

/** The manifests of the plugins that ship with Luna, read when they are first asked for. */
export function builtinManifests(): ReadonlyMap<string, Shipped> {
  shipped ??= new Map(
    builtins.map(({ manifest, preinstalled }) => {
      const read = pluginManifest.parse(manifest)
      return [read.id, { manifest: read, hash: contentHash(read), preinstalled }] as const
    }),
  )
  return shipped
}
