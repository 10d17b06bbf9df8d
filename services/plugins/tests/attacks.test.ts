// oxlint-disable vitest/valid-expect -- Vitest takes a message: which of the many forms it was
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { plugins } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { scratchDir } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canary } from './canary.ts'
import { codeManifest } from './manifests.ts'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
let site: Awaited<ReturnType<typeof canary>>
let folder: Awaited<ReturnType<typeof scratchDir>>
const ada = person(systemRandom.id())
const token = 'canary-4be1-in-a-file'

beforeAll(async () => {
  folder = await scratchDir('canary')
  writeFileSync(join(folder.path, 'secret.txt'), token, { mode: 0o644 })
  process.env['LUNA_CANARY'] = token
  site = await canary()
  on = await onABus()
  await on.call(plugins.calls.register, { manifest: codeManifest('warm', 'export const execute = () => 1') }, ada)
  await on.call(plugins.calls.install, { id: 'warm' }, ada)
})
afterAll(async () => {
  delete process.env['LUNA_CANARY']
  await on.close()
  await site.close()
  await folder.remove()
})

let count = 0
async function attack(source: string, timeoutMs = 1_000) {
  count += 1
  const id = `attack-${count}`
  const asked = { hosts: ['*.example.org'], storage: true }
  await on.call(plugins.calls.register, { manifest: codeManifest(id, source, { timeoutMs, capabilities: asked }) }, ada)
  await on.call(plugins.calls.install, { id }, ada)
  // A process that waits for work: what is measured is the run, not the start of Node.
  await on.call(
    plugins.calls.execute,
    { callId: `warm-${count}`, turnId: null, name: 'warm__run', arguments: '{}' },
    ada,
  )
  const begun = performance.now()
  const answer = await on.call(
    plugins.calls.execute,
    { callId: id, turnId: null, name: `${id}__run`, arguments: '{}' },
    ada,
  )
  return { ...answer, tookMs: performance.now() - begun, overMs: performance.now() - begun - timeoutMs }
}

/** What an escape would bring: something of Node, of the machine, or of the canary. */
const look = (expression: string) =>
  `export function execute() { try { return String(${expression}) } catch (error) { return 'threw ' + error } }`

const escapes: Record<string, string> = {
  'the constructor of a constructor': look(
    `this?.constructor?.constructor('return process')() ?? (function () {}).constructor('return process.env.LUNA_CANARY')()`,
  ),
  'a constructor of the host object': `export function execute(a, b, luna) { try { return String(luna.fetch.constructor.constructor('return process')().env.LUNA_CANARY) } catch (error) { return 'threw ' + error } }`,
  'an async function’s constructor': `export async function execute(a, b, luna) { try { const C = Object.getPrototypeOf(luna.storage.get).constructor; return String(await new C('return process.env.LUNA_CANARY')()) } catch (error) { return 'threw ' + error } }`,
  prepareStackTrace: `export function execute() { Error.prepareStackTrace = (_, frames) => frames; const frames = new Error().stack; try { return String(frames[0].getThis().process.env.LUNA_CANARY) } catch (error) { return 'threw ' + error } }`,
  'a species that answers something else': `export async function execute(a, b, luna) { class P extends Promise { static get [Symbol.species]() { return function (run) { run(v => globalThis.caught = v, () => {}) } } }; Object.setPrototypeOf(Promise.prototype, P.prototype); await luna.storage.get('x').catch(() => {}); try { return String(globalThis.caught?.constructor.constructor('return process')().env.LUNA_CANARY) } catch (error) { return 'threw ' + error } }`,
  'a prototype of the host’s answers': `export async function execute(a, b, luna) { Object.prototype.LUNA_CANARY = 'x'; Array.prototype.push = () => 0; JSON.parse = () => ({}); const r = await luna.storage.list(); return typeof process + typeof require + JSON.stringify(r) }`,
  'import of a module of Node': `export async function execute() { const fs = await import('node:fs'); return fs.readFileSync(${JSON.stringify('/etc/passwd')}, 'utf8') }`,
  'a static import': `import fs from 'fs'\nexport const execute = () => fs.readFileSync('/etc/passwd', 'utf8')`,
  'a file through std and os': look(`std.loadFile('/etc/passwd')`),
  'the global object': look(
    `Object.getOwnPropertyNames(globalThis).filter(n => /process|require|module|Worker|WebAssembly|inspector|Deno|Bun/.test(n)).join() || 'nothing'`,
  ),
  'a getter in the result': `export const execute = () => ({ get text() { return 'x' }, toJSON() { return { text: 'plain' } } })`,
  'a manifest’s words in the method': `export async function execute(a, b, luna) { try { return String(await luna.storage.get.call(null, { toString: () => '../../etc' })) } catch (error) { return 'threw ' + error } }`,
}

test('no escape reads anything of Node, the environment or the machine', async () => {
  for (const [name, source] of Object.entries(escapes)) {
    const { status, result, tookMs } = await attack(source)
    expect(result, name).not.toContain(token)
    expect(result, name).not.toMatch(/root:|\[object process\]|function require/)
    expect(status === 'done' || status === 'failed', name).toBe(true)
    expect(tookMs, name).toBeLessThan(3_000)
  }
}, 60_000)

/** Limits of 300 ms, and for what must find another end than its time, longer ones. */
const greedy: Record<string, { source: string; code: string; timeoutMs?: number }> = {
  'an endless loop': { source: 'export function execute() { for (;;); }', code: 'timeout' },
  'an endless chain of promises': {
    source: 'export async function execute() { for (;;) await null }',
    code: 'timeout',
  },
  'an endless initialize': {
    source: 'export function initialize() { for (;;); }\nexport const execute = () => 1',
    code: 'timeout',
  },
  'an endless cleanup': {
    source: 'export const execute = () => 1\nexport function cleanup() { for (;;); }',
    code: 'timeout',
  },
  'a loop at its loading': { source: 'for (;;);\nexport const execute = () => 1', code: 'timeout' },
  'a pattern that takes for ever': {
    source: 'export const execute = () => /^(a+)+$/.test("a".repeat(60) + "b")',
    code: 'timeout',
  },
  '2 GiB at once': { source: 'export const execute = () => new Uint8Array(2 ** 31).length', code: 'invalid' },
  '2 GiB by and by': {
    source: 'export function execute() { const a = []; for (;;) a.push(new Uint8Array(8e6).fill(1)) }',
    code: 'too-large',
    timeoutMs: 5_000,
  },
  'a text that doubles': {
    source:
      'export function execute() { let s = "x"; const k = []; for (;;) { s += s; k.push([...s.slice(0, 1e6)]) } }',
    code: 'too-large',
    timeoutMs: 5_000,
  },
  'a recursion without end': {
    source: 'export function execute() { const f = () => f() + 1; return f() }',
    code: 'invalid',
  },
  'an answer of 4 MB': {
    source: 'export const execute = () => "x".repeat(4e6)',
    code: 'too-large',
    timeoutMs: 5_000,
  },
  'a promise that never settles': { source: 'export const execute = () => new Promise(() => {})', code: 'invalid' },
  'more questions than allowed': {
    source:
      'export async function execute(a, b, luna) { for (let i = 0; i < 5000; i++) await luna.timers.list().catch(error => { if (/too many/.test(error)) throw error }) }',
    code: 'invalid',
    timeoutMs: 10_000,
  },
  'a value that is no JSON': {
    source: 'export const execute = () => { const a = {}; a.a = a; return a }',
    code: 'invalid',
  },
  'a thrown nothing': { source: 'export const execute = () => { throw null }', code: 'invalid' },
  'no code at all': { source: 'export const nothing = 1', code: 'invalid' },
}

test('whatever is greedy ends within a second of its limit, with a word that says why', async () => {
  for (const [name, { source, code, timeoutMs = 300 }] of Object.entries(greedy)) {
    const { status, result, overMs, ...rest } = await attack(source, timeoutMs)
    expect([status, rest.code], `${name}: ${result}`).toEqual(['failed', code])
    expect(overMs, name).toBeLessThan(1_000)
  }
  expect(await attack('export const execute = () => "still here"')).toMatchObject({
    status: 'done',
    result: 'still here',
  })
}, 120_000)

test('what was not granted is refused, and a host that throws ends nothing but the question', async () => {
  const source = `export async function execute(a, b, luna) {
    const tries = { fetch: () => luna.fetch({ url: 'http://127.0.0.1:1' }), elsewhere: () => luna.fetch('https://example.com/'), file: () => luna.fetch('file:///etc/passwd'),
      memory: () => luna.memory.recall('x'), write: () => luna.memory.remember('x'), timers: () => luna.timers.set({ at: 1e15, instruction: 'x', label: 'x' }), odd: () => luna.storage.set({}, 1), big: () => luna.storage.set('k', 'x'.repeat(1e5)) }
    const said = {}
    for (const [name, work] of Object.entries(tries)) try { said[name] = 'did ' + JSON.stringify(await work()) } catch (error) { said[name] = error.message }
    return said
  }`
  const { data } = await attack(source, 5_000)
  for (const [name, words] of Object.entries(data as Record<string, string>)) expect(words, name).not.toMatch(/^did/)
})
