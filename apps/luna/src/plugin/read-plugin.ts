import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LunaError, type PluginManifest } from '@luna/contracts'
import { readManifest, signManifest } from '@luna/plugins/author'

/** A plugin's folder: `plugin.json`, and the code in `plugin.js` where there is some. @throws LunaError with every fault */
export async function readPlugin(path: string, keyFile?: string): Promise<PluginManifest> {
  const text = await readFile(join(path, 'plugin.json'), 'utf8').catch(() => {
    throw new LunaError('not-found', `There is no plugin.json in ${path}. \`luna plugin new ID\` makes one.`)
  })
  let value: Record<string, unknown>
  try {
    value = JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    throw new LunaError('invalid', `plugin.json is not JSON: ${(error as Error).message}`)
  }
  const source = await readFile(join(path, 'plugin.js'), 'utf8').catch(() => null)
  const manifest = await readManifest(source === null ? value : { ...value, code: { source } })
  if (keyFile === undefined) return manifest
  return signManifest(manifest, createPrivateKey(await readFile(keyFile)))
}
