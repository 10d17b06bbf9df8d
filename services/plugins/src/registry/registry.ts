import { readFile } from 'node:fs/promises'
import { LunaError, type PluginManifest, type PluginSource } from '@luna/contracts'
import { z } from 'zod'
import { builtinManifests } from '../builtin/manifests.ts'
import type { PluginsContext, PluginsTx } from '../context.ts'
import { contentHash } from '../manifest/canonical.ts'
import { readManifest } from '../manifest/read-manifest.ts'

export interface Offered {
  manifest: PluginManifest
  hash: string
  source: PluginSource
}

const index = z.object({ plugins: z.array(z.unknown()).max(5_000) })
const indexBytes = 16 * 1024 * 1024
const freshMs = 60_000

/** The operator's index, read again each minute; what is wrong in it is left out and logged. */
export interface Registry {
  offered(): Promise<readonly Offered[]>
}

export function createRegistry(ctx: () => PluginsContext): Registry {
  let known: { at: number; offered: Promise<readonly Offered[]> } | null = null
  return {
    async offered() {
      const { config, clock, log } = ctx()
      if (config.registry === null) return []
      const now = clock.elapsed()
      if (!known || now - known.at > freshMs) {
        const before = known?.offered ?? Promise.resolve([])
        const reading = readIndex(ctx(), config.registry).catch((error: unknown) => {
          log.warn({ err: error }, 'the plugin registry could not be read; what was known of it stays')
          return before
        })
        known = { at: now, offered: reading }
      }
      return known.offered
    },
  }
}

async function readIndex(ctx: PluginsContext, place: string): Promise<readonly Offered[]> {
  const text = /^https?:/.test(place)
    ? Buffer.from(
        (
          await ctx.safeFetch.fetch({
            url: place,
            hosts: null,
            signal: AbortSignal.timeout(10_000),
            maxBytes: indexBytes,
          })
        ).bytes,
      ).toString('utf8')
    : await readFile(place, 'utf8')
  const { plugins } = index.parse(JSON.parse(text))
  const read = await Promise.all(
    plugins.map(async (value): Promise<Offered[]> => {
      try {
        const manifest = await readManifest(value)
        return builtinManifests().has(manifest.id) || usesBuiltin(manifest)
          ? []
          : [{ manifest, hash: contentHash(manifest), source: 'registry' }]
      } catch (error) {
        ctx.log.warn({ reason: (error as Error).message }, 'a plugin of the registry is left out')
        return []
      }
    }),
  )
  return read.flat()
}

export const usesBuiltin = (manifest: PluginManifest): boolean =>
  manifest.actions.some(action => action.run.type === 'builtin')

/** All that a person can install: shipped, of the operator's index, brought by the person. */
export async function offeredTo(ctx: PluginsContext, tx: PluginsTx): Promise<Offered[]> {
  const shipped = [...builtinManifests().values()].map(({ manifest, hash }) => ({
    manifest,
    hash,
    source: 'builtin' as const,
  }))
  const [listed, own] = await Promise.all([
    ctx.registry.offered(),
    tx.sql.selectFrom('manifests').select(['manifest', 'hash', 'source']).execute(),
  ])
  const all = new Map<string, Offered>()
  for (const one of [...own, ...listed, ...shipped]) all.set(one.manifest.id, one)
  return [...all.values()]
}

/** @throws LunaError `not-found` */
export async function findOffered(ctx: PluginsContext, tx: PluginsTx, id: string): Promise<Offered> {
  const found = (await offeredTo(ctx, tx)).find(({ manifest }) => manifest.id === id)
  if (!found)
    throw new LunaError('not-found', `There is no plugin "${id}" to install. Look for it, or add its manifest first.`)
  return found
}
