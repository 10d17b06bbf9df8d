/**
 * The process that untrusted code runs in: one worker, one run at a time. It gives up every right before the first run,
 * and ends with whatever goes wrong: its parent starts another.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { FromChild, ToChild } from '../protocol.ts'
import { wasm } from './web-assembly.ts'

const require = createRequire(import.meta.url)
const compiled = await wasm.compile(readFileSync(require.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')))

const send = (message: FromChild, then?: () => void): void => {
  process.send?.(message, () => then?.())
}
const end = (): never => process.exit(0)

/** Milliseconds since the worker began to compute, by its own clock; 0 while it waits. */
const busy = new Float64Array(new SharedArrayBuffer(16))
const script = new URL(import.meta.url.replace(/main\.(ts|js)$/, 'worker.$1'))
/** From source, a worker must be told how to read TypeScript. */
const fromSource = script.href.endsWith('.ts')
const reading = fromSource ? JSON.stringify(import.meta.resolve('tsx/esm/api')) : ''
const worker = new Worker(
  fromSource ? `import(${reading}).then(tsx => (tsx.register(), import('${script.href}')))` : script,
  {
    eval: fromSource,
    workerData: { wasm: compiled, busy },
    env: {},
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  },
)

let running = false
/** Milliseconds that the worker may compute beyond its limit before it is stopped from outside. */
const graceMs = 250

function fatal(reason: 'crashed' | 'cpu'): void {
  if (!running) return end()
  running = false
  send({ type: 'end', reason, text: '' }, end)
}

worker.on('message', (message: FromChild) => {
  if (message.type === 'ready') {
    const shields = dropRights()
    return send({ ...message, shields: [...message.shields, ...shields] })
  }
  if (message.type === 'end') {
    running = false
    const broken = message.reason === 'crashed' || message.reason === 'memory'
    return send(message, broken ? end : undefined)
  }
  send(message)
})
worker.on('error', () => fatal('crashed'))
worker.on('exit', () => fatal('crashed'))

process.on('message', (message: ToChild) => {
  if (message.type === 'run') {
    running = true
    busy[1] = message.job.limits.cpuMs
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node, not a window
  worker.postMessage(message)
})
process.on('disconnect', end)

setInterval(() => {
  const [since = 0, limit = 0] = busy
  if (running && since > 0 && Date.now() - since > limit + graceMs) {
    void worker.terminate()
    fatal('cpu')
  }
}, 50)

/** Root becomes nobody; what could not be given up is left unsaid. */
function dropRights(): string[] {
  if (process.getuid?.() !== 0) return []
  try {
    const nobody = 65_534
    process.setgroups?.([])
    process.setgid?.(nobody)
    process.setuid?.(nobody)
    return process.getuid() === nobody ? ['nobody'] : []
  } catch {
    return []
  }
}
