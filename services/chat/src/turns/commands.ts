import { type CallOutput, type Policy, plugins } from '@luna/contracts'
import type { ChatMessage } from '@luna/models'
import { createStreamGuard } from '@luna/safety'
import { person } from '@luna/service'
import type { ChatContext } from '../context.ts'
import type { TurnRun } from './run-state.ts'
import { startAttempt } from './start-attempt.ts'
import { fence, runToolCall } from './tool-calls.ts'

type Understood = CallOutput<typeof plugins.calls.understand>

/** What became of a line that begins with a slash. */
export type Commanded =
  /** The answer stands in the output. */
  | { kind: 'answered' }
  /** The companion answers, from this as well. */
  | { kind: 'companion'; message: ChatMessage }

export interface CommandOptions {
  ctx: ChatContext
  run: TurnRun
  text: string
  policy: Policy
  characterId: string | null
}

const withdrawn = 'What the command brought is not shown: it is against the content policy.'

/** Null: not a command, or plugins are away; it is then a message like any other. */
export async function runCommand(options: CommandOptions): Promise<Commanded | null> {
  const { ctx, run, text, policy, characterId } = options
  if (!/^\s*\/[a-z]/i.test(text)) return null
  const understood = await ask(options)
  const { kind, tool, arguments: args = '{}', reply } = understood
  if (kind === 'none' || (kind === 'run' && !tool)) return null
  startAttempt(ctx, run, null, characterId)
  if (!tool) return answer(run, understood.text ?? '', policy)
  const call = { id: 'command', name: tool.name, arguments: args }
  const { status, result } = await runToolCall({ ctx, run, tools: [tool], characterId, origin: 'command' }, call, 0)
  if (status === 'failed' || (reply === 'direct' && policy.mode !== 'strict')) return answer(run, result, policy)
  return { kind: 'companion', message: { role: 'system', content: fence(tool.name, result) } }
}

function ask({ ctx, run, text, characterId }: CommandOptions): Promise<Understood> {
  const { personId, conversationId } = run.turn
  return ctx
    .call(
      plugins.calls.understand,
      { text, conversationId, characterId },
      { scope: person(personId), signal: run.abort.signal },
    )
    .catch((error: unknown): Understood => {
      run.abort.signal.throwIfAborted()
      ctx.log.warn({ turnId: run.turn.id, reason: (error as Error).message }, 'a command is taken for a message')
      return { kind: 'none' }
    })
}

function answer(run: TurnRun, text: string, policy: Policy): Commanded {
  const guard = createStreamGuard({ policy, substitute: () => withdrawn })
  let shown = ''
  for (const { release, withdraw } of [guard.push(text), guard.finish()])
    shown = (withdraw === null ? shown : shown.slice(0, withdraw)) + release
  run.output?.write(shown === '' ? 'Done.' : shown)
  run.output?.flush()
  return { kind: 'answered' }
}
