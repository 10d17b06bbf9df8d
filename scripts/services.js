// `npm run services`: every service a process of its own, on the servers that the environment names.
// Options: --replicas chat=2,gateway=2 and --no-restart. Ctrl-C drains all; a second one ends them at once.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { masterKeyOf } from './services/master-key.js'
import { readOptions } from './services/options.js'
import { runningPid } from './services/running-pid.js'
import { supervise } from './services/supervise.js'

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..')
process.chdir(root)
if (existsSync('.env')) process.loadEnvFile('.env')

const { faults, dataDir, restarts, processes } = readOptions(process.env, process.argv.slice(2))
for (const { name } of processes) {
  const pid = runningPid(dataDir, name)
  if (pid !== null)
    faults.push(`${name} already runs as process ${pid}, of an earlier start; end it with \`kill ${pid}\``)
}
if (faults.length > 0) {
  console.error(`Nothing was started.\n${faults.map(fault => `  - ${fault}`).join('\n')}`)
  console.error('Set these in the environment or in .env. One process that needs none of them: `npm start`.')
  process.exit(2)
}

const built = spawnSync(process.execPath, ['scripts/build.js'], { cwd: root, stdio: 'inherit' })
if (built.status !== 0) {
  console.error('The build failed; nothing was started.')
  process.exit(1)
}

function entryOf(service) {
  return join(root, 'services', service, 'dist', 'main.js')
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

const say = line => process.stdout.write(`${line}\n`)
mkdirSync(dataDir, { recursive: true, mode: 0o700 })

const masterKey = process.env.LUNA_MASTER_KEY || masterKeyOf(dataDir)
const firstPort = Number(process.env.LUNA_PORT || 8080)
const host = process.env.LUNA_HOST || '127.0.0.1'
const firstHealthPort = process.env.LUNA_HEALTH_PORT ? Number(process.env.LUNA_HEALTH_PORT) : null
const running = []
let isStopping = false

async function stop(exitCode) {
  if (isStopping) {
    for (const each of running) each.kill()
    process.exit(1)
  }
  isStopping = true
  say('stopping: each service ends what it has in hand')
  await Promise.all(running.toReversed().map(each => each.stop()))
  process.exit(exitCode)
}
process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))

const isReady = async port => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    return false
  }
}

const pollMs = 100
async function ready(port) {
  while (!(await isReady(port))) {
    if (isStopping) return
    await new Promise(resolve => setTimeout(resolve, pollMs))
  }
}

const startedAt = performance.now()
const waiting = []
for (const [index, { name, service, offset }] of processes.entries()) {
  const healthPort = firstHealthPort === null ? await freePort() : firstHealthPort + index
  const env = {
    ...process.env,
    LUNA_DATA_DIR: dataDir,
    LUNA_MASTER_KEY: masterKey,
    LUNA_HEALTH_PORT: String(healthPort),
    ...(service === 'gateway' ? { LUNA_PORT: String(firstPort + offset) } : {}),
  }
  const options = { name, entry: entryOf(service), env, cwd: root, dataDir, restarts, say }
  running.push(supervise({ ...options, onGivenUp: code => (restarts ? void stop(code) : undefined) }))
  const isUp = ready(healthPort)
  waiting.push(isUp)
  // The first makes what all share in bus and database; the others then find it.
  if (index === 0) await isUp
}
await Promise.all(waiting)
if (!isStopping) {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  say(`${processes.length} processes are ready after ${seconds} s: open http://${host}:${firstPort}`)
  say(`pid files are in ${dataDir}; Ctrl-C drains all`)
}
