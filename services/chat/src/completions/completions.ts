import { type CallInput, chat, LunaError, moderation, type Payload, type Policy } from '@luna/contracts'
import { type ChatMessage, type ChatRequest, estimatePrompt, estimateTokens, type ModelEvent } from '@luna/models'
import { createStreamGuard } from '@luna/safety'
import { person } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { fallbackParts, honestyPart, riskPart } from '../prompt/own-parts.ts'
import { gather } from '../turns/gather.ts'
import { higherRisk, localVerdict } from '../turns/verdict.ts'
import { Windows } from '../turns/windows.ts'
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
    lines: input.messages.flatMap(message =>
      message.role === 'user' && message !== last && message.content ? [message.content] : [],
    ),
    seen: input.risk,
    exceptMessageIds: [],
    signal,
  })
  if (local.action === 'block' || gathered.verdict?.action === 'block')
    throw new LunaError(
      'moderation-blocked',
      gathered.verdict?.restricted ?? 'This is not answered: the content policy does not allow it.',
    )
  const policy = await ctx.policies.heldTo(personId, gathered.policy)
  const risk = higherRisk(input.risk, local.risk, gathered.verdict?.risk ?? 'none')
  const messages = completionPrompt({
    parts: [...(gathered.composed?.parts ?? fallbackParts), ...riskPart(risk), ...honestyPart(text)],
    recalled: gathered.recalled,
    messages: input.messages,
  })
  const atRisk = risk === 'high' || risk === 'imminent'
  await stream(ctx, { personId, turnId, input, messages, atRisk, policy }, signal, say)
}

interface Streaming {
  personId: string
  turnId: string
  input: Input
  messages: readonly ChatMessage[]
  atRisk: boolean
  policy: Policy
}

async function stream(
  ctx: ChatContext,
  { personId, turnId, input, messages, atRisk, policy }: Streaming,
  signal: AbortSignal,
  say: (frame: Frame) => void,
): Promise<void> {
  const guard = createStreamGuard({ policy })
  const calls: Extract<ModelEvent, { type: 'tool-call' }>[] = []
  const written: string[] = []
  let usage: Extract<ModelEvent, { type: 'usage' }>['usage'] | null = null
  let reason: 'stop' | 'length' | 'tool_calls' | 'content_filter' = 'stop'
  // What is said on this feed cannot be taken back: slower layers look before it leaves, or not at all.
  const windows = new Windows({
    mode: policy.mode === 'strict' ? 'strict' : 'local',
    substitute: '',
    shown: {
      write(text) {
        if (text === '') return
        written.push(text)
        say({ type: 'delta', text })
      },
      withdraw: () => {},
    },
    check: (text, before) =>
      ctx.call(
        moderation.calls.checkWindow,
        { turnId, text, before, characterId: input.characterId },
        { scope: person(personId), signal },
      ),
    onAbsent: () => {},
  })
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
      await windows.write(release)
      if (event.type === 'finish') await windows.finish()
      if (stopped || windows.stopped) {
        reason = 'content_filter'
        break
      }
      if (event.type === 'finish') reason = finishReasons[event.reason]
    }
  }
  await windows.finish()
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
