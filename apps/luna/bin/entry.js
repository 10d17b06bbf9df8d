import { readFileSync, statSync } from 'node:fs'

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
export const load = () => import(isBundleCurrent() ? new URL('main.js', bundle).href : '../dist/main.js')
