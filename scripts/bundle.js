// Puts the all-in-one process into a few files: loading six hundred modules one by one is most of a start. What is bundled
// are the built files of the workspaces and the packages that gain by it; `apps/luna/bin/entry.js` takes the bundle only
// while it is what they say.
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(root, 'apps/luna/dist/bundle')

/** Packages of many small modules, which every start loads; all others stay where they are, with their files and native parts. */
const gaining =
  /^(?:@fastify\/helmet|@fastify\/swagger|@fastify\/websocket|cockatiel|commander|fastify|fastify-plugin|fastify-type-provider-zod|jose|kysely|lru-cache|stemmer|uuid|zod)(?:\/|$)/
/** What those need in turn, but with workers or native parts. */
const neverInside = /^(?:pino|ws)(?:\/|$)/

const isOurs = id => id.startsWith(root) && !id.includes('node_modules')

/** A module of ours goes on to find files from where it was. */
const ownPlaces = {
  name: 'own-places',
  transform(code, id) {
    if (!isOurs(id) || !code.includes('import.meta.url')) return null
    const place = relative(folder, id).split(sep).join('/')
    return code.replaceAll('import.meta.url', `new URL('${place}', import.meta.url).href`)
  },
}

/** A package left outside is the one that its importer would find, wherever npm has put it. */
const outside = {
  name: 'outside',
  async resolveId(id, importer) {
    if (!importer || /^(?:\.|\/|node:|@luna\/|\0)/.test(id) || isBuiltin(id) || isAbsolute(id)) return null
    if (isOurs(importer) ? gaining.test(id) : !neverInside.test(id)) return null
    const meant = await this.resolve(id, importer, { skipSelf: true })
    const found = await this.resolve(id, join(folder, 'main.js'), { skipSelf: true })
    if (!meant || meant.id === found?.id) return { id, external: true }
    return { id: meant.id, external: 'relative' }
  },
}

const startedAt = Date.now()
rmSync(folder, { recursive: true, force: true })
const bundle = await rolldown({
  input: { main: join(root, 'apps/luna/dist/main.js') },
  platform: 'node',
  plugins: [outside, ownPlaces],
  logLevel: 'warn',
})
const { output } = await bundle.write({ dir: folder, format: 'esm', minify: false })
await bundle.close()

const inputs = [
  join(root, 'package-lock.json'),
  ...output.flatMap(chunk => Object.keys(chunk.modules ?? {}).filter(isOurs)),
]
const stamps = inputs.map(path => {
  const { size, mtimeMs } = statSync(path)
  return [relative(folder, path), size, mtimeMs]
})
writeFileSync(join(folder, 'inputs.json'), JSON.stringify(stamps))
process.stdout.write(`bundled ${stamps.length} files in ${Date.now() - startedAt} ms\n`)
