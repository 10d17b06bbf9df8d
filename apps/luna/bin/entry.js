import { readFileSync, statSync } from 'node:fs'
import * as modules from 'node:module'
import { fileURLToPath } from 'node:url'

const bundle = new URL('../dist/bundle/', import.meta.url)

/** Whether the bundle was made of the built files as they are now: by their sizes and times, as `scripts/bundle.js` wrote them. */
export function isBundleCurrent(folder = bundle) {
  try {
    const inputs = JSON.parse(readFileSync(new URL('inputs.json', folder), 'utf8'))
    return inputs.every(([path, size, mtimeMs]) => {
      const found = statSync(new URL(path, folder))
      return found.size === size && found.mtimeMs === mtimeMs
    })
  } catch {
    return false
  }
}

/** The command line: from the bundle, which loads twice as fast, or from the compiler's files when those are newer. */
export function load() {
  if (!isBundleCurrent()) return import('../dist/main.js')
  // Node 22.1 and newer keep what they compiled for the next start: here and not in the system's folder for temporary
  // files, where others may write. Where this folder cannot be written nothing is kept.
  modules.enableCompileCache?.(fileURLToPath(new URL('compiled', bundle)))
  return import(new URL('main.js', bundle).href)
}
