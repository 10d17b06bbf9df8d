import type { QuickJSContext, QuickJSDeferredPromise, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten'
import type { EndReason, FromChild, SandboxJob } from '../protocol.ts'
import { bootstrap } from './bootstrap.ts'

export interface Run {
  reply(call: number, ok: boolean, text: string): void
}

export interface RunOptions {
  module: QuickJSWASMModule
  job: SandboxJob
  computing(on: boolean): void
  send(message: FromChild): void
}

const stackBytes = 512 * 1024
/** Characters of one question to the host. */
const askChars = 300_000

/** Runs a job to its end; nothing of it survives. Whatever QuickJS throws into the host means the instance is lost. */
export function startRun({ module, job, computing, send }: RunOptions): Run {
  const runtime = module.newRuntime()
  const context = runtime.newContext()
  const open = new Map<number, QuickJSDeferredPromise>()
  let asked = 0
  let usedMs = 0
  let since = 0
  let over = false
  let outcome: QuickJSHandle | null = null
  let interrupted = false

  runtime.setMaxStackSize(stackBytes)
  runtime.setInterruptHandler(() => {
    interrupted ||= usedMs + (performance.now() - since) > job.limits.cpuMs
    return interrupted
  })

  function end(reason: EndReason, text = ''): void {
    if (over) return
    over = true
    send({ type: 'end', reason, text })
  }

  /** One stretch of computing. */
  function compute(work: () => void): void {
    if (over) return
    since = performance.now()
    computing(true)
    try {
      work()
      settle()
    } catch (error) {
      end(/out of memory|memory access|unreachable|Aborted|table index|OOM/i.test(String(error)) ? 'memory' : 'crashed')
    } finally {
      computing(false)
      usedMs += performance.now() - since
    }
  }

  const ask = context.newFunction('ask', (methodHandle, textHandle) => {
    asked += 1
    const method = context.getString(methodHandle)
    const text = context.getString(textHandle)
    const deferred = context.newPromise()
    if (asked > job.limits.hostCalls || text.length > askChars) {
      const error = context.newError(
        asked > job.limits.hostCalls ? 'too many questions to the host' : 'the question is too long',
      )
      deferred.reject(error)
      error.dispose()
      return deferred.handle
    }
    open.set(asked, deferred)
    send({ type: 'ask', call: asked, method, text })
    return deferred.handle
  })

  function settle(): void {
    if (!outcome || over) return
    const jobs = runtime.executePendingJobs()
    if (jobs.error) {
      jobs.error.dispose()
      if (interrupted) return end('cpu')
    }
    if (interrupted) return end('cpu')
    const state = context.getPromiseState(outcome)
    if (state.type === 'pending') {
      if (open.size === 0) end('stuck')
      return
    }
    if (state.type === 'rejected') return end(...fault(context, state.error))
    const text = context.typeof(state.value) === 'string' ? context.getString(state.value) : ''
    if (text.length > job.limits.outputChars) return end('output')
    end('done', text)
  }

  compute(() => {
    const make = context.unwrapResult(context.evalCode(bootstrap, 'luna.js', { strict: true }))
    const driver = context.unwrapResult(
      context.callFunction(
        make,
        context.undefined,
        ask,
        context.newNumber(job.now),
        context.newNumber(job.limits.outputChars),
      ),
    )
    const loaded = context.evalCode(job.source, 'plugin.js', { type: 'module' })
    if (loaded.error) return end(...(interrupted ? (['cpu', ''] as [EndReason, string]) : fault(context, loaded.error)))
    const given = driverArguments(context, loaded.value, job)
    const started = context.evalCode(
      '(async (driver, plugin, action, args) => driver(await plugin, action, args))',
      'luna.js',
    )
    const called = context.callFunction(context.unwrapResult(started), context.undefined, driver, ...given)
    if (called.error) return end(...(interrupted ? (['cpu', ''] as [EndReason, string]) : fault(context, called.error)))
    outcome = called.value
  })

  return {
    reply(call, ok, text) {
      const deferred = open.get(call)
      if (!deferred || over) return
      open.delete(call)
      compute(() => {
        const value = ok ? context.newString(text) : context.newError({ name: 'LunaError', message: text })
        if (ok) deferred.resolve(value)
        else deferred.reject(value)
        value.dispose()
      })
    },
  }
}

const driverArguments = (context: QuickJSContext, plugin: QuickJSHandle, job: SandboxJob) => [
  plugin,
  context.newString(job.action),
  context.newString(job.arguments),
]

/** What the plugin threw, in its own words, short. */
function fault(context: QuickJSContext, error: QuickJSHandle): [EndReason, string] {
  const read = (name: string): string => {
    const member = context.getProp(error, name)
    return context.typeof(member) === 'string' ? context.getString(member).slice(0, 1_000) : ''
  }
  if (context.typeof(error) !== 'object')
    return ['threw', context.typeof(error) === 'string' ? context.getString(error).slice(0, 1_000) : '']
  const name = read('name')
  const message = read('message')
  if (name === 'InternalError' && message === 'out of memory') return ['memory', '']
  if (name === 'InternalError' && message === 'interrupted') return ['cpu', '']
  if (name === 'RangeError' && message === 'luna:output') return ['output', '']
  return ['threw', [name, message].filter(part => part !== '').join(': ')]
}
