import { type CallInput, chat, LunaError, type Payload } from '@luna/contracts'
import { type ChatMessage, type ChatRequest, estimatePrompt, estimateTokens, type ModelEvent } from '@luna/models'
import { createStreamGuard } from '@luna/safety'
import type { ChatContext } from '../context.ts'
import { fallbackParts, riskPart } from '../prompt/own-parts.ts'
import { gather } from '../turns/gather.ts'
import { higherRisk, localVerdict } from '../turns/verdict.ts'
import { completionPrompt } from './completion-prompt.ts'

type Input = CallInput<typeof chat.calls.beginCompletion>
type Frame = Payload<typeof chat.feeds.completionFrames>

/** Turns that are kept nowhere: run, watched on their feed, forgotten. */
export interface Completions {
  begin(personId: string, input: Input): string
  /** False when no such run of this person goes on here. */
  cancel(personId: string, turnId: string): boolean
  drain(): Promise<void>
}

interface Run {
  personId: string
  abort: AbortController
  done: Promise<void>
}

const finishReasons = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  other: 'stop',
} as const

export function createCompletions(getContext: () => ChatContext): Completions {
  const runs = new Map<string, Run>()
  return {
    begin(personId, input) {
      const ctx = getContext()
      const turnId = ctx.random.id()
      const abort = new AbortController()
      const deadline = setTimeout(() => abort.abort(), ctx.config.turnDeadlineMs)
      const say = (frame: Frame) => ctx.emit(chat.feeds.completionFrames, input.runId, frame)
      const done = complete(ctx, personId, turnId, input, abort.signal, say)
        .catch((error: unknown) => say({ type: 'failed', error: LunaError.from(error).toBody() }))
        .finally(() => {
          clearTimeout(deadline)
          runs.delete(turnId)
        })
      runs.set(turnId, { personId, abort, done })
      return turnId
    },
    cancel(personId, turnId) {
      const run = runs.get(turnId)
      if (run?.personId !== personId) return false
      run.abort.abort()
      return true
    },
    async drain() {
      await Promise.allSettled([...runs.values()].map(run => run.done))
    },
  }
}

async function complete(
  ctx: ChatContext,
  personId: string,
  turnId: string,
  input: Input,
  signal: AbortSignal,
  say: (frame: Frame) => void,
): Promise<void> {
  const last = input.messages.findLast(message => message.role === 'user')
  const text = last?.content ?? ''
  const local = localVerdict(text)
  const gathered = await gather(ctx, {
    personId,
    conversationId: null,
    characterId: input.characterId,
    turnId,
    revision: undefined,
    text,
    recent: input.messages.slice(-6).flatMap(message => (message.content ? [message.content] : [])),
    exceptMessageIds: [],
    signal,
  })
  if (local.action === 'block' || gathered.verdict?.action === 'block')
    throw new LunaError('moderation-blocked', 'This is not answered: the content policy does not allow it.')
  const risk = higherRisk(input.risk, local.risk, gathered.verdict?.risk ?? 'none')
  const messages = completionPrompt({
    parts: [...(gathered.composed?.parts ?? fallbackParts), ...riskPart(risk)],
    recalled: gathered.recalled,
    messages: input.messages,
  })
  const atRisk = risk === 'high' || risk === 'imminent'
  await stream(ctx, input, messages, atRisk, signal, say)
}

async function stream(
  ctx: ChatContext,
  input: Input,
  messages: readonly ChatMessage[],
  atRisk: boolean,
  signal: AbortSignal,
  say: (frame: Frame) => void,
): Promise<void> {
  const guard = createStreamGuard()
  const calls: Extract<ModelEvent, { type: 'tool-call' }>[] = []
  const written: string[] = []
  let usage: Extract<ModelEvent, { type: 'usage' }>['usage'] | null = null
  let reason: 'stop' | 'length' | 'tool_calls' | 'content_filter' = 'stop'
  const write = (text: string) => {
    if (text === '') return
    written.push(text)
    say({ type: 'delta', text })
  }
  const request = {
    messages,
    maxTokens: input.maxTokens ?? ctx.config.answerTokens,
    ...(input.temperature === undefined ? {} : { temperature: input.temperature }),
    ...(input.topP === undefined ? {} : { topP: input.topP }),
    ...(input.stop === undefined ? {} : { stop: input.stop }),
    ...(atRisk || !input.tools ? {} : toolsOf(input)),
  }
  for await (const event of ctx.models.stream(request, { signal })) {
    if (event.type === 'route') say({ type: 'started', route: { provider: event.provider, model: event.model } })
    else if (event.type === 'restart')
      throw new LunaError('provider-failed', 'The language model broke off in the middle of its answer. Try again.')
    else if (event.type === 'tool-call') calls.push(event)
    else if (event.type === 'usage') usage = event.usage
    else {
      const { release, stopped } = event.type === 'delta' ? guard.push(event.text) : guard.finish()
      write(release)
      if (stopped) {
        reason = 'content_filter'
        break
      }
      if (event.type === 'finish') reason = finishReasons[event.reason]
    }
  }
  if (calls.length > 0)
    say({ type: 'tool-calls', calls: calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })) })
  say({ type: 'ended', reason, usage: usage ?? counted(messages, written.join('')) })
}

function counted(messages: readonly ChatMessage[], text: string) {
  const promptTokens = estimatePrompt({ messages })
  const completionTokens = estimateTokens(text)
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true }
}

/** Tools and choice from the words of the OpenAI API. */
function toolsOf({ tools = [], toolChoice }: Input): Pick<ChatRequest, 'tools' | 'toolChoice'> {
  const functions = tools.flatMap(tool => {
    const fn = tool['function'] as
      | { name?: string; description?: string; parameters?: Record<string, unknown> }
      | undefined
    return fn?.name
      ? [{ name: fn.name, parameters: fn.parameters ?? {}, ...(fn.description ? { description: fn.description } : {}) }]
      : []
  })
  const named = (toolChoice as { function?: { name?: string } } | undefined)?.function?.name
  const choice =
    toolChoice === 'auto' || toolChoice === 'none' || toolChoice === 'required'
      ? toolChoice
      : named
        ? { name: named }
        : null
  return { tools: functions, ...(choice ? { toolChoice: choice } : {}) }
}
