import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const skipped = new Set(['node_modules', 'dist', 'coverage', 'test-results'])

/** Paths of all files below `folder`, relative to the root, with `/`, sorted; built and installed ones are left out. */
export function filesBelow(folder: string, pattern: RegExp = /./, base: string = root): string[] {
  const found: string[] = []
  const visit = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (skipped.has(entry.name) || entry.name.startsWith('.')) continue
      const child = join(path, entry.name)
      if (entry.isDirectory()) visit(child)
      else {
        const name = relative(base, child).replaceAll('\\', '/')
        if (pattern.test(name)) found.push(name)
      }
    }
  }
  try {
    visit(join(base, folder))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return found.toSorted()
}

export const read = (path: string, base: string = root): string => readFileSync(join(base, path), 'utf8')

/** Code that runs in production: no tests, suites or fixtures. */
export const isProduction = (path: string): boolean =>
  /\.tsx?$/.test(path) && !/\.(test|suite|bench)\.tsx?$|\/(tests|testing)\//.test(path)
