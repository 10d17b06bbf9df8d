import { type ErrorBody, LunaError, type Receipt, type RiskLevel } from '@luna/contracts'
import { estimateTokens } from '@luna/models'
import { type PersonKey, person } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { openField } from '../db/message-body.ts'
import { assemblePrompt, type Prompt, type Summary } from '../prompt/assemble.ts'
import { loadPath } from '../prompt/load-path.ts'
import { fallbackParts, honestyPart, riskPart } from '../prompt/own-parts.ts'
import type { Path } from '../prompt/path-cache.ts'
import { isCrowded, loadSummary } from '../prompt/summaries.ts'
import { runCommand } from './commands.ts'
import type { Ending } from './end-turn.ts'
import { type Gathered, gather } from './gather.ts'
import { type Generated, generate } from './generate.ts'
import { buildReceipt } from './receipt.ts'
import type { TurnRun } from './run-state.ts'
import { until } from './until.ts'
import { higherRisk, type LocalVerdict, localVerdict } from './verdict.ts'

/** Everything a turn knows once it is over. */
export interface TurnResult {
  ending: Ending
  characterId: string | null
  /** The path the answer stands on, for the cache. */
  path: Path
  /** The summary of its older part, where one was read. */
  summary?: Summary | null
}

/** One attempt at a turn, from its context to the text of the answer. Throws only what no ending can say. */
export async function runTurn(ctx: ChatContext, run: TurnRun, key: PersonKey): Promise<TurnResult> {
  const { turn } = run
  const startedAt = ctx.clock.elapsed()
  if (turn.cancelRequested) return over({ kind: 'cancelled', text: '', ...nothing })
  let characterId = turn.characterId
  let path: Path = { messages: [], complete: true }
  let summary: Summary | null = null
  let prompt: Prompt | null = null
  let gathered: Gathered | null = null
  let local: LocalVerdict | null = null
  const result: { generated: Generated | null } = { generated: null }
  const receipt = (): Receipt => buildReceipt({ prompt, gathered, local, generated: result.generated, run })

  try {
    const loaded = await until(() => loadHistory(ctx, run, key), run.abort.signal)
    path = loaded.path
    summary = loaded.summary
    const newest = path.messages.at(-1)
    const text = turn.kind === 'begin' ? '' : (newest?.text ?? '')
    local = localVerdict(text)
    gathered = await gather(ctx, {
      personId: turn.personId,
      conversationId: turn.conversationId,
      characterId,
      turnId: turn.id,
      revision: turn.revision,
      text,
      recent: path.messages.slice(-6).map(message => message.text),
      lines: path.messages.flatMap(message => (message.role === 'user' && message !== newest ? [message.text] : [])),
      seen: turn.risk,
      exceptMessageIds: path.messages.map(message => message.id),
      signal: run.abort.signal,
    })
    refuseBlocked(local, gathered)
    const policy = await ctx.policies.heldTo(turn.personId, gathered.policy)
    const risk = higherRisk(turn.risk, local.risk, gathered.verdict?.risk ?? 'none')
    turn.risk = risk
    characterId = gathered.composed?.character.id ?? characterId
    const commanded = atRisk(risk) ? null : await runCommand({ ctx, run, text, policy, characterId })
    if (commanded?.kind === 'answered') return over(completed(run, receipt()))
    prompt = assemblePrompt({
      parts: [...(gathered.composed?.parts ?? fallbackParts), ...riskPart(risk), ...honestyPart(text)],
      path,
      recalled: gathered.recalled,
      summary: loaded.summary,
      instruction: loaded.instruction,
      budget: ctx.config.contextTokens - Math.min(ctx.config.answerTokens, ctx.config.contextTokens / 4),
    })
    result.generated = await generate({
      ctx,
      run,
      messages: commanded ? [...prompt.messages, commanded.message] : prompt.messages,
      tools: atRisk(risk) ? [] : gathered.tools,
      policy,
      characterId,
      maxTokens: ctx.config.answerTokens,
      raiseAttempt: () => raiseAttempt(ctx, run),
    })
    const { text: answer, usage, route, firstTokenAt } = result.generated
    if (run.stopReason) throw new LunaError('cancelled', 'The turn was stopped.')
    if (answer === '')
      throw new LunaError(
        'provider-failed',
        'The language model answered with nothing. Try again, or choose another model.',
      )
    return over({
      kind: 'completed',
      text: answer,
      receipt: receipt(),
      usage,
      route,
      firstTokenMs: firstTokenAt === null ? null : Math.round(firstTokenAt - startedAt),
    })
  } catch (error) {
    return over(endingOf(error, ctx, run, receipt))
  }

  function over(ending: Ending): TurnResult {
    return { ending, characterId, path, summary }
  }
}

const nothing = { receipt: null, usage: null, route: null, firstTokenMs: null }

/** The answer of a command: no model was asked. */
function completed(run: TurnRun, receipt: Receipt): Ending {
  if (run.stopReason) throw new LunaError('cancelled', 'The turn was stopped.')
  const usage = { promptTokens: 0, completionTokens: 0, totalTokens: 0, estimated: false }
  return { kind: 'completed', text: run.output?.text() ?? '', receipt, usage, route: null, firstTokenMs: null }
}

const atRisk = (risk: RiskLevel): boolean => risk === 'high' || risk === 'imminent'

function endingOf(error: unknown, ctx: ChatContext, run: TurnRun, receipt: () => Receipt): Ending {
  run.output?.flush()
  const text = run.output?.text() ?? ''
  if (run.stopReason === 'cancelled' || run.stopReason === 'deleted') {
    const tokens = estimateTokens(text)
    const usage = { promptTokens: 0, completionTokens: tokens, totalTokens: tokens, estimated: true }
    return { kind: 'cancelled', text, receipt: receipt(), usage, route: run.route, firstTokenMs: null }
  }
  const known: ErrorBody =
    run.stopReason === 'deadline'
      ? new LunaError('timeout', 'The answer took too long and was ended. Try again.').toBody()
      : LunaError.from(error).toBody()
  if (known.code === 'internal') ctx.log.error({ err: error, turnId: run.turn.id }, 'a turn failed')
  return { kind: 'failed', error: known, receipt: receipt(), route: run.route }
}

function refuseBlocked(local: LocalVerdict, gathered: Gathered): void {
  const restricted = gathered.verdict?.restricted
  if (restricted) throw new LunaError('moderation-blocked', restricted)
  const blocked = local.action === 'block' || gathered.verdict?.action === 'block'
  if (!blocked) return
  throw new LunaError(
    'moderation-blocked',
    'This message is not answered: it asks for something that the content policy does not allow. Say it in another way, or talk about something else.',
  )
}

async function loadHistory(ctx: ChatContext, run: TurnRun, key: PersonKey) {
  const { turn } = run
  const cached = turn.parentId ? ctx.paths.get(turn.conversationId, turn.parentId) : undefined
  const instruction = turn.instruction ? openField<string>(key, `instruction.${turn.id}`, turn.instruction) : null
  if (cached && !isCrowded(cached, ctx.config.contextTokens)) return { path: cached, summary: null, instruction }
  return ctx.db.transaction(person(turn.personId), async tx => {
    const path = cached ?? (await loadPath(tx, key, turn.parentId, ctx.config.contextTokens))
    const summary = isCrowded(path, ctx.config.contextTokens)
      ? await loadSummary(tx, key, turn.conversationId, path)
      : null
    return { path, summary, instruction }
  })
}

/** A visible new attempt after text was shown: its number is stored before anybody sees it. */
async function raiseAttempt(ctx: ChatContext, { turn }: TurnRun): Promise<void> {
  const raised = await ctx.db.transaction(person(turn.personId), tx =>
    tx.sql
      .updateTable('turns')
      .set(eb => ({ attempt: eb('attempt', '+', 1) }))
      .where('id', '=', turn.id)
      .where('fence', '=', turn.fence)
      .returning('attempt')
      .executeTakeFirst(),
  )
  if (!raised) throw new LunaError('cancelled', 'The turn is another process’s now.')
  turn.attempt = raised.attempt
}
