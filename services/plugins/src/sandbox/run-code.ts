import { LunaError } from '@luna/contracts'
import type { ActionResult } from '../builtin/builtin.ts'
import type { PluginHost } from '../host/plugin-host.ts'
import { hostAnswers } from './host-answers.ts'
import type { Sandboxes } from './pool.ts'
import type { EndReason } from './protocol.ts'

export interface CodeOptions {
  source: string
  action: string
  arguments: Readonly<Record<string, unknown>>
  timeoutMs: number
  host: PluginHost
}

/** Milliseconds of computing that a run may use, however long it may wait. */
const cpuMs = 2_000
const outputChars = 256 * 1024

/** Runs the code of a plugin in a sandbox. @throws LunaError that says how it ended */
export async function runCode(sandboxes: Sandboxes, options: CodeOptions): Promise<ActionResult> {
  const { host, timeoutMs } = options
  const end = await sandboxes.run(
    {
      source: options.source,
      action: options.action,
      arguments: JSON.stringify(options.arguments),
      now: host.now().getTime(),
      limits: { cpuMs: Math.min(cpuMs, timeoutMs), wallMs: timeoutMs, outputChars, hostCalls: 1_000 },
    },
    hostAnswers(host),
    host.signal,
  )
  if (end.reason !== 'done') throw explain(end.reason, end.text, timeoutMs)
  const { text, value } = JSON.parse(end.text) as { text?: string; value?: unknown }
  if (text !== undefined) return { text }
  if (value === undefined) return { text: '' }
  const said = (value as { text?: unknown } | null)?.text
  return { text: typeof said === 'string' ? said : JSON.stringify(value), data: value }
}

function explain(reason: EndReason, text: string, timeoutMs: number): LunaError {
  switch (reason) {
    case 'threw':
      return new LunaError('invalid', `The plugin failed: ${text || 'it threw nothing that can be read'}`)
    case 'cpu':
      return new LunaError(
        'timeout',
        `The plugin computed longer than ${Math.min(cpuMs, timeoutMs)} ms and was ended.`,
        { retryable: false },
      )
    case 'wall':
      return new LunaError('timeout', `The plugin took longer than ${timeoutMs} ms and was ended.`, {
        retryable: false,
      })
    case 'memory':
      return new LunaError('too-large', 'The plugin used more than 64 MiB of memory and was ended.')
    case 'output':
      return new LunaError('too-large', `The plugin answered more than ${outputChars} characters.`)
    case 'stuck':
      return new LunaError('invalid', 'The plugin waits for something that never comes.')
    case 'cancelled':
      return new LunaError('cancelled', 'The run was cancelled.')
    default:
      return new LunaError('invalid', 'The plugin crashed its sandbox and was ended.')
  }
}
