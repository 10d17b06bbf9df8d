import { LunaError, moderation, type Policy, type Receipt, type Route, type Tool, type Usage } from '@luna/contracts'
import {
  type ChatMessage,
  estimatePrompt,
  estimateTokens,
  type FailedOver,
  type Models,
  type ToolCall,
} from '@luna/models'
import { createStreamGuard, type GuardStep } from '@luna/safety'
import { person } from '@luna/service'
import type { ChatContext } from '../context.ts'
import type { TurnRun } from './run-state.ts'
import { startAttempt } from './start-attempt.ts'
import { replaySteps, runToolCalls, type ToolOptions } from './tool-calls.ts'
import { createToolText, describeTools, inWords } from './tool-text.ts'
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
  const toolOptions: ToolOptions = { ctx, run, tools: options.tools, characterId: options.characterId, origin: 'model' }
  const replayed = await replaySteps(toolOptions)
  messages.push(...replayed.messages)
  for (let step = replayed.steps; ; step += 1) {
    const before = run.output?.text() ?? ''
    const calls = await stepWithTools(options, messages, result, step >= maxSteps)
    if (calls.length === 0 || step >= maxSteps) break
    messages.push({
      role: 'assistant',
      content: (run.output?.text() ?? '').slice(before.length),
      toolCalls: calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })),
    })
    messages.push(...(await runToolCalls(toolOptions, calls, step)))
  }
  run.output?.flush()
  result.text = run.output?.text() ?? ''
  if (result.usage.totalTokens === 0) result.usage = countUsage(messages, result.text)
  return result
}

/** Models whose providers refuse requests with tools: they are told of tools in words. */
const wordsOnly = new WeakSet<Models>()

/** One answer of the model, the last one without tools; where its provider refuses tools, once more in words. */
async function stepWithTools(
  options: GenerateOptions,
  messages: readonly ChatMessage[],
  result: Generated,
  last: boolean,
): Promise<readonly ToolCall[]> {
  const { ctx, run, tools } = options
  const offered = last ? [] : tools
  const inText = () => streamStep(options, [describeTools(offered), ...inWords(messages)], result, offered, true)
  if (wordsOnly.has(ctx.models))
    return offered.length > 0 ? inText() : streamStep(options, inWords(messages), result, [], false)
  try {
    return await streamStep(options, messages, result, offered, false)
  } catch (error) {
    const said = run.output?.text() ?? ''
    if (offered.length === 0 || said !== '' || run.abort.signal.aborted || !refusesTools(error)) throw error
    ctx.log.info({ turnId: run.turn.id }, 'the provider refuses tools; they are offered in words')
    const calls = await inText()
    wordsOnly.add(ctx.models)
    return calls
  }
}

/** A refusal of the request as such: 400 or 422 (Ollama: "does not support tools"), or 404 where no route has tools (OpenRouter). */
const refusesTools = (error: unknown): boolean =>
  error instanceof LunaError && error.code === 'provider-failed' && /answered (400|404|422)/.test(error.message)

async function streamStep(
  options: GenerateOptions,
  messages: readonly ChatMessage[],
  result: Generated,
  tools: readonly Tool[],
  inText: boolean,
): Promise<readonly ToolCall[]> {
  const { ctx, run, policy, characterId, maxTokens, raiseAttempt } = options
  let toolText = inText ? createToolText() : null
  let guard = createStreamGuard({ policy, substitute: () => sorry })
  const calls: ToolCall[] = []
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
      ...(tools.length > 0 && !inText
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
        toolText &&= createToolText()
        guard = createStreamGuard({ policy, substitute: () => sorry })
        windows = openWindows(options, result, () => begin)
        begin = 0
        startAttempt(ctx, run, event.route, characterId)
        break
      case 'delta':
        stopped = await apply(guard.push(toolText ? toolText.push(event.text) : event.text))
        break
      case 'tool-call':
        calls.push({ id: event.id, name: event.name, arguments: event.arguments })
        break
      case 'usage':
        result.usage = addUsage(result.usage, event.usage)
        break
      case 'finish': {
        failedOver = event.failedOver
        if (toolText) {
          stopped = await apply(guard.push(toolText.finish()))
          calls.push(...toolText.calls)
        }
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
