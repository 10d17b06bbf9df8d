import { type CallOutput, plugins, type Tool } from '@luna/contracts'
import type { ChatMessage, ModelEvent } from '@luna/models'
import { type PersonKey, person } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { openField, sealField } from '../db/message-body.ts'
import type { TurnRun } from './run-state.ts'

type ToolCall = Extract<ModelEvent, { type: 'tool-call' }>
type Result = CallOutput<typeof plugins.calls.execute>

/** Milliseconds until a proposal that nobody answers counts as denied (design.md section 5). */
const consentMs = 600_000

/** Runs the calls of one step, in parallel; results stored by turn and call are used again and never run twice. */
export function runToolCalls(
  ctx: ChatContext,
  run: TurnRun,
  calls: readonly ToolCall[],
  tools: readonly Tool[],
  step: number,
): Promise<ChatMessage[]> {
  return Promise.all(
    calls.map(async call => {
      const { result } = await runToolCall(
        ctx,
        run,
        call,
        tools.find(tool => tool.name === call.name),
        step,
      )
      return { role: 'tool' as const, toolCallId: call.id, content: fence(call.name, result) }
    }),
  )
}

/** What a tool says is data: it can not close its fence. */
const fence = (name: string, result: string): string =>
  `<tool-result name="${name}">\n${result.replaceAll(/<\/?tool-result/gi, '')}\n</tool-result>`

async function runToolCall(
  ctx: ChatContext,
  run: TurnRun,
  call: ToolCall,
  tool: Tool | undefined,
  step: number,
): Promise<Result> {
  const { turn } = run
  const say = (status: 'proposed' | 'running' | 'done' | 'failed' | 'denied') =>
    run.output?.tool({ callId: callIdOf(run, call, step), name: call.name, status })
  const callId = callIdOf(run, call, step)
  const key = await ctx.keys.of(turn.personId)
  const earlier = await findResult(ctx, run, callId, key)
  if (earlier?.status === 'done' || earlier?.status === 'failed') return earlier
  if (earlier && !tool?.repeatable)
    return { status: 'failed', result: 'The outcome of this call is unknown, and it may not be repeated.' }
  if (!tool || tool.consent === 'denied') {
    say('denied')
    return { status: 'failed', result: `There is no tool "${call.name}" that may be used here.` }
  }
  if (tool.consent === 'ask') {
    say('proposed')
    await setState(ctx, run, 'waiting')
    const decision = await askPerson(run, callId)
    await setState(ctx, run, 'running')
    if (decision === 'never') {
      say('denied')
      return { status: 'failed', result: 'The person did not allow this.' }
    }
  }
  say('running')
  await store(ctx, run, { callId, step, name: call.name, status: 'running', result: '' }, key)
  const result = await ctx
    .call(
      plugins.calls.execute,
      { callId, turnId: turn.id, name: call.name, arguments: call.arguments },
      { scope: person(turn.personId), signal: run.abort.signal },
    )
    .catch((error: unknown): Result => {
      run.abort.signal.throwIfAborted()
      return { status: 'failed', result: error instanceof Error ? error.message : 'The tool failed.' }
    })
  await store(ctx, run, { callId, step, name: call.name, status: result.status, result: result.result }, key)
  say(result.status)
  return result
}

/** Stable over attempts of a turn as long as the model asks for the same thing at the same step. */
const callIdOf = (run: TurnRun, call: ToolCall, step: number): string =>
  `${run.turn.id}:${step}:${call.id}`.slice(0, 200)

const setState = (ctx: ChatContext, { turn }: TurnRun, state: 'running' | 'waiting') =>
  ctx.db.transaction(person(turn.personId), tx =>
    tx.sql.updateTable('turns').set({ state }).where('id', '=', turn.id).where('fence', '=', turn.fence).execute(),
  )

function askPerson(run: TurnRun, callId: string): Promise<'once' | 'always' | 'never'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done('never'), consentMs)
    const done = (decision: 'once' | 'always' | 'never') => {
      clearTimeout(timer)
      run.decisions.delete(callId)
      resolve(decision)
    }
    run.decisions.set(callId, done)
    run.abort.signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(run.abort.signal.reason)
      },
      { once: true },
    )
  })
}

interface StoredResult {
  callId: string
  step: number
  name: string
  status: 'running' | 'done' | 'failed'
  result: string
}

async function findResult(
  ctx: ChatContext,
  { turn }: TurnRun,
  callId: string,
  key: PersonKey,
): Promise<(Result & { status: 'done' | 'failed' }) | { status: 'running'; result: string } | null> {
  const row = await ctx.db.transaction(person(turn.personId), tx =>
    tx.sql
      .selectFrom('tool_results')
      .select(['status', 'body'])
      .where('turn_id', '=', turn.id)
      .where('call_id', '=', callId)
      .executeTakeFirst(),
  )
  if (!row) return null
  const result = openField<string>(key, `tool.${callId}`, row.body)
  return { status: row.status === 'done' || row.status === 'failed' ? row.status : 'running', result }
}

async function store(ctx: ChatContext, { turn }: TurnRun, stored: StoredResult, key: PersonKey): Promise<void> {
  const body = sealField(key, `tool.${stored.callId}`, stored.result)
  await ctx.db.transaction(person(turn.personId), tx =>
    tx.sql
      .insertInto('tool_results')
      .values({
        turn_id: turn.id,
        step: stored.step,
        call_id: stored.callId,
        person_id: turn.personId,
        name: stored.name,
        status: stored.status,
        body,
      })
      .onConflict(conflict => conflict.columns(['turn_id', 'call_id']).doUpdateSet({ status: stored.status, body }))
      .execute(),
  )
}
