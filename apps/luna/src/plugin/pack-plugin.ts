import { writeFile } from 'node:fs/promises'
import { contentHash } from '@luna/plugins/author'
import { readPlugin } from './read-plugin.ts'

/** Writes one file that can be installed, pasted or put into a registry. */
export async function packPlugin(path: string, { output, key }: { output?: string; key?: string }): Promise<void> {
  const manifest = await readPlugin(path, key)
  const file = output ?? `${manifest.id}-${manifest.version}.json`
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`)
  process.stdout.write(`${file} ${contentHash(manifest)}${manifest.signature ? ' signed' : ''}\n`)
}
