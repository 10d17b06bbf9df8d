import { readFile, rename, writeFile } from 'node:fs/promises'
import { createLuna } from '@luna/client'
import { LunaError, type PluginManifest } from '@luna/contracts'
import { readPlugin } from './read-plugin.ts'

/** Adds a plugin to a running Luna, for whoever's key it is, or to the index file of a registry. @throws LunaError */
export async function publishPlugin(
  target: string,
  path: string,
  { key, token }: { key?: string; token?: string },
): Promise<void> {
  const manifest = await readPlugin(path, key)
  if (/^https?:/.test(target)) {
    const luna = createLuna({ baseUrl: target, ...(token ? { token } : {}) })
    if (!token) await luna.auth.local()
    const added = await luna.plugins.add(manifest)
    process.stdout.write(`${added.id} ${added.version} can be installed at ${target}\n`)
    return
  }
  if (!target.endsWith('.json')) throw new LunaError('invalid', `"${target}" is neither an address nor a .json file.`)
  const plugins = (await readIndex(target)).filter(({ id }) => id !== manifest.id)
  const text = JSON.stringify({ plugins: [...plugins, manifest] }, null, 2)
  await writeFile(`${target}.new`, `${text}\n`)
  await rename(`${target}.new`, target)
  process.stdout.write(`${manifest.id} ${manifest.version} is in ${target}\n`)
}

async function readIndex(file: string): Promise<PluginManifest[]> {
  const text = await readFile(file, 'utf8').catch(() => '{"plugins":[]}')
  const value = JSON.parse(text) as { plugins?: unknown }
  if (!Array.isArray(value.plugins)) throw new LunaError('invalid', `${file} is no registry: it has no list "plugins".`)
  return value.plugins as PluginManifest[]
}
