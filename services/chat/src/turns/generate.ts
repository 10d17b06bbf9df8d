import { moderation, type Policy, type Receipt, type Route, type Tool, type Usage } from '@luna/contracts'
import { type ChatMessage, estimatePrompt, estimateTokens, type FailedOver, type ModelEvent } from '@luna/models'
import { createStreamGuard, type GuardStep } from '@luna/safety'
import { person } from '@luna/service'
import type { ChatContext } from '../context.ts'
import type { TurnRun } from './run-state.ts'
import { runToolCalls } from './tool-calls.ts'
import { createTurnOutput } from './turn-output.ts'
import { Windows } from './windows.ts'

export interface Generated {
  text: string
  route: Route | null
  failedOver: NonNullable<Receipt['route']>['failedOver']
  usage: Usage
  /** When the first text left, on the context's elapsed clock. */
  firstTokenAt: number | null
  /** What the guard found of the policy's classes, and whether shown text was taken back. */
  guard: { classes: string[]; withdrawn: boolean }
  /** A layer of moderation did not look at all of it. */
  unchecked: boolean
}

export interface GenerateOptions {
  ctx: ChatContext
  run: TurnRun
  messages: readonly ChatMessage[]
  tools: readonly Tool[]
  policy: Policy
  characterId: string | null
  maxTokens: number
  /** Stores a higher attempt before it is shown. */
  raiseAttempt(): Promise<void>
}

/** Rounds of tool calls in one turn at most. */
const maxSteps = 6

const sorry = 'I would rather not put that into words. Let us talk about something else, or ask me in another way.'

/** Streams the answer of the model into the frames of the conversation, with the guard in between. */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const { ctx, run } = options
  const messages = [...options.messages]
  const result: Generated = {
    text: '',
    route: null,
    failedOver: [],
    usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0, estimated: false },
    firstTokenAt: null,
    guard: { classes: [], withdrawn: false },
    unchecked: false,
  }
  for (let step = 0; ; step += 1) {
    const before = run.output?.text() ?? ''
    const calls = await streamStep(options, messages, result)
    if (calls.length === 0 || step >= maxSteps) break
    messages.push({
      role: 'assistant',
      content: (run.output?.text() ?? '').slice(before.length),
      toolCalls: calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })),
    })
    messages.push(...(await runToolCalls(ctx, run, calls, options.tools, step)))
  }
  run.output?.flush()
  result.text = run.output?.text() ?? ''
  if (result.usage.totalTokens === 0) result.usage = countUsage(messages, result.text)
  return result
}

type ToolCallEvent = Extract<ModelEvent, { type: 'tool-call' }>

async function streamStep(
  options: GenerateOptions,
  messages: readonly ChatMessage[],
  result: Generated,
): Promise<ToolCallEvent[]> {
  const { ctx, run, tools, policy, characterId, maxTokens, raiseAttempt } = options
  let guard = createStreamGuard({ policy, substitute: () => sorry })
  const calls: ToolCallEvent[] = []
  let failedOver: readonly FailedOver[] = []
  let stopped = false
  /** Where this step's text begins in the answer: earlier steps stand. */
  let begin = run.output?.text().length ?? 0
  let windows = openWindows(options, result, () => begin)
  const apply = async ({ release, withdraw, stopped: end }: GuardStep): Promise<boolean> => {
    if (withdraw !== null) windows.withdraw(withdraw)
    await windows.write(release)
    result.guard.withdrawn ||= withdraw !== null || end !== null
    if (end) result.guard.classes.push(end.finding.class)
    return end !== null || windows.stopped
  }
  const stream = ctx.models.stream(
    {
      messages,
      maxTokens,
      ...(tools.length > 0
        ? { tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters })) }
        : {}),
    },
    { signal: run.abort.signal },
  )
  for await (const event of stream) {
    switch (event.type) {
      case 'route':
        failedOver = event.failedOver
        startAttempt(ctx, run, event, characterId)
        break
      case 'restart':
        failedOver = event.failedOver
        await raiseAttempt()
        run.output = null
        calls.length = 0
        guard = createStreamGuard({ policy, substitute: () => sorry })
        windows = openWindows(options, result, () => begin)
        begin = 0
        startAttempt(ctx, run, event.route, characterId)
        break
      case 'delta':
        stopped = await apply(guard.push(event.text))
        break
      case 'tool-call':
        calls.push(event)
        break
      case 'usage':
        result.usage = addUsage(result.usage, event.usage)
        break
      case 'finish': {
        failedOver = event.failedOver
        const end = guard.finish()
        await apply(end)
        result.guard.classes.push(...end.verdict.classes.map(found => found.class))
        break
      }
    }
    if (stopped) break
  }
  await windows.finish()
  stopped ||= windows.stopped
  result.guard.classes.push(...windows.classes)
  result.guard.withdrawn ||= windows.withdrawn
  result.route = run.route
  result.failedOver = [...result.failedOver, ...failedOver]
  return stopped ? [] : calls
}

/** The slower layers on the text of one step: before it is shown in strict mode, behind it where one is there in guarded mode. */
function openWindows(
  { ctx, run, policy, characterId }: GenerateOptions,
  result: Generated,
  begin: () => number,
): Windows {
  return new Windows({
    mode: policy.mode === 'strict' ? 'strict' : policy.windows ? 'guarded' : 'local',
    substitute: sorry,
    shown: {
      write(text) {
        result.firstTokenAt ??= ctx.clock.elapsed()
        run.output?.write(text)
      },
      withdraw: keep => run.output?.withdraw('policy', begin() + keep),
    },
    check: (text, before) =>
      ctx.call(
        moderation.calls.checkWindow,
        { turnId: run.turn.id, text, before, characterId },
        { scope: person(run.turn.personId), signal: run.abort.signal },
      ),
    onAbsent(error) {
      run.abort.signal.throwIfAborted()
      result.unchecked = true
      ctx.log.warn({ turnId: run.turn.id, reason: (error as Error).message }, 'a stretch of an answer was not checked')
    },
  })
}

/** Says who answers; the frames of this attempt follow. */
function startAttempt(ctx: ChatContext, run: TurnRun, route: Route, characterId: string | null): void {
  const { turn, frames } = run
  run.route = { provider: route.provider, model: route.model }
  if (run.output) return
  run.output = createTurnOutput({ frames, turnId: turn.id, attempt: turn.attempt, elapsed: () => ctx.clock.elapsed() })
  frames.emit({
    type: 'turn.started',
    turnId: turn.id,
    attempt: turn.attempt,
    characterId,
    route: run.route,
    parentId: turn.parentId,
  })
}

const addUsage = (a: Usage, b: Usage): Usage => ({
  promptTokens: a.promptTokens + b.promptTokens,
  completionTokens: a.completionTokens + b.completionTokens,
  totalTokens: a.totalTokens + b.totalTokens,
  estimated: a.estimated || b.estimated,
})

function countUsage(messages: readonly ChatMessage[], text: string): Usage {
  const promptTokens = estimatePrompt({ messages })
  const completionTokens = estimateTokens(text)
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true }
}
