/** Runs one piece of code at a time in QuickJS, each in a WebAssembly instance of its own with memory that is capped. */
import { parentPort, workerData } from 'node:worker_threads'
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule, RELEASE_SYNC } from 'quickjs-emscripten'
import type { FromChild, ToChild } from '../protocol.ts'
import { type Run, startRun } from './run.ts'
import { type WasmModule, wasm } from './web-assembly.ts'

const { wasm: compiled, busy } = workerData as { wasm: WasmModule; busy: Float64Array }

/** 64 KiB each: 16 MiB to begin with, 64 MiB at most. QuickJS's own memory limit does not hold. */
const pages = { initial: 256, maximum: 1_024 }

/** Fails as a promise, never at once, where no address space is left for a memory. */
const prepare = async (): Promise<QuickJSWASMModule> =>
  newQuickJSWASMModuleFromVariant(
    newVariant(RELEASE_SYNC, { wasmModule: compiled as never, wasmMemory: new wasm.Memory(pages) as never }),
  )

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of worker_threads, not a window
const send = (message: FromChild): void => parentPort?.postMessage(message)
/** Counts as computing from the first call to the second. */
const computing = (on: boolean): void => {
  busy[0] = on ? Date.now() : 0
}

let next = prepare()
let run: Run | null = null

parentPort?.on('message', (message: ToChild) => {
  if (message.type === 'reply') {
    run?.reply(message.call, message.ok, message.text)
    return
  }
  void next.then(
    module => {
      run = startRun({ module, job: message.job, computing, send: answer })
    },
    () => send({ type: 'end', reason: 'crashed', text: '' }),
  )
})

function answer(message: FromChild): void {
  send(message)
  if (message.type !== 'end') return
  run = null
  next = prepare()
  next.catch(() => {})
}

await next
send({ type: 'ready', shields: [] })
