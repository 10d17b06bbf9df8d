/**
 * Loaded into a process of Luna before its own code (`--import`): counts statements and socket writes, or takes a profile
 * of the processor. SIGUSR2 begins; the next one writes `<name>-<pid>.json` (or `.cpuprofile`) into BENCH_PROBE_DIR.
 */
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'

const { BENCH_PROBE_DIR: dir, BENCH_PROBE: kind } = process.env
const name = /services\/(\w+)\//.exec(process.argv[1] ?? '')?.[1] ?? 'luna'

if (dir) {
  const taking = kind === 'profile' ? profiler() : counter()
  let running = false
  process.on('SIGUSR2', () => {
    if (running) taking.end(join(dir, `${name}-${process.pid}`))
    else taking.begin()
    running = !running
  })
}

function counter() {
  /** @type {Record<string, number>} */
  let statements = {}
  /** @type {Record<string, { writes: number, reads: number, bytes: number }>} */
  let sockets = {}
  const of = socket => (sockets[socket.remotePort ?? 'accepted'] ??= { writes: 0, reads: 0, bytes: 0 })
  for (const method of ['_write', '_writev']) {
    const plain = Socket.prototype[method]
    Socket.prototype[method] = function count(chunk, ...rest) {
      const side = of(this)
      side.writes += 1
      for (const part of method === '_writev' ? chunk : [chunk]) side.bytes += (part.chunk ?? part).length
      return plain.call(this, chunk, ...rest)
    }
  }
  const push = Socket.prototype.push
  Socket.prototype.push = function count(chunk, ...rest) {
    if (chunk) of(this).reads += 1
    return push.call(this, chunk, ...rest)
  }
  const { Client } = createRequire(new URL('../../../libs/service/package.json', import.meta.url))('pg')
  const query = Client.prototype.query
  Client.prototype.query = function count(config, ...rest) {
    const text = (typeof config === 'string' ? config : (config?.text ?? '')).replaceAll(/\s+/g, ' ').trim()
    const key = text.replaceAll(/'[0-9a-f-]{36}'/g, "'…'").slice(0, 400)
    statements[key] = (statements[key] ?? 0) + 1
    return query.call(this, config, ...rest)
  }
  return {
    begin() {
      statements = {}
      sockets = {}
    },
    end: path => writeFileSync(`${path}.json`, JSON.stringify({ name, statements, sockets })),
  }
}

function profiler() {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', { interval: 250 })
  return {
    begin: () => session.post('Profiler.start'),
    end: path =>
      session.post('Profiler.stop', (error, result) => {
        if (!error) writeFileSync(`${path}.cpuprofile`, JSON.stringify(result.profile))
      }),
  }
}
