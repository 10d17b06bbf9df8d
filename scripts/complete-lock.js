// `npm run complete-lock`, after `npm install`: writes into package-lock.json the optional packages of other platforms that
// npm leaves out when its registry does not have them; `npm ci` refuses a lock without them, and other platforms need them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const path = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'wasi',
  'win32',
]
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** What a package's name says of where it runs: `@x/cli-linux-x64-musl`. */
function platformOf(name) {
  const words = name
    .toLowerCase()
    .replace('windows', 'win32')
    .split(/[-/@.]/)
  const os = systems.filter(system => words.includes(system) || words.includes(`${system}eabi`))
  const cpu = processors.filter(processor => words.includes(processor))
  const libc = words.some(word => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : []
  if (words.includes('wasm32') || words.includes('wasm')) return { cpu: ['wasm32'] }
  if (words.includes('universal') && os.length > 0) return { os }
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }) }
}

/** Where npm looks for a dependency of a package: beside it, then further up. */
function isFound(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true
    if (at === '') return false
    if (!at.includes('/node_modules/')) return Boolean(lock.packages[`node_modules/${name}`])
  }
}

let added = 0
for (const [from, { optionalDependencies = {}, dev, devOptional }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isFound(from, name)) continue
    if (!/^\d+\.\d+\.\d+[\w.+-]*$/.test(version)) {
      console.warn(`left out: ${name}@${version}, wanted by ${from}, is no exact version`)
      continue
    }
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(dev ? { dev } : {}),
      ...(devOptional ? { devOptional } : {}),
      optional: true,
    }
    added += 1
  }
}
const [root, ...rest] = Object.entries(lock.packages)
lock.packages = Object.fromEntries([root, ...rest.toSorted(([a], [b]) => a.localeCompare(b, 'en'))])
if (added > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} packages of other platforms added to package-lock.json`)
