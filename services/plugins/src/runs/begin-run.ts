import { LunaError, type PluginAction, type Tool } from '@luna/contracts'
import type { Scope } from '@luna/service'
import { sql as raw } from 'kysely'
import type { PluginsContext } from '../context.ts'
import { actionOf, type Installed, loadConsents, loadInstalled } from '../install/installed.ts'
import { isRepeatable, toTool } from '../tools/tools.ts'
import { redacted } from './redact.ts'
import { type Executed, openResult, sealArguments } from './run-record.ts'

export interface Asked {
  personId: string
  scope: Scope
  callId: string
  turnId: string | null
  name: string
  arguments: string
  origin: 'model' | 'command' | 'person'
}

/** What is to be done about a call: run it, or answer what is known of it. */
export type Begun =
  | { kind: 'run'; runId: string; plugin: Installed; action: PluginAction; tool: Tool }
  | { kind: 'ended'; result: Executed }
  | { kind: 'elsewhere'; runId: string }

export const unknownOutcome = (runId: string): Executed => ({
  status: 'failed',
  result: 'The outcome of this call is unknown, since its process was lost, and it may not be repeated.',
  code: 'unavailable',
  runId,
})

const leaseUntil = (ctx: PluginsContext) => raw<Date>`now() + ${`${ctx.config.leaseMs} milliseconds`}::interval`

/** Records a run before anything of it happens: the same call never begins twice. @throws LunaError */
export async function beginRun(ctx: PluginsContext, asked: Asked): Promise<Begun> {
  const { personId, callId } = asked
  const key = await ctx.keys.of(personId)
  return ctx.db.transaction(asked.scope, async tx => {
    const [installed, consents, earlier] = await Promise.all([
      loadInstalled(tx),
      loadConsents(tx, personId),
      tx.sql
        .selectFrom('runs')
        .selectAll()
        .where('person_id', '=', personId)
        .where('call_id', '=', callId)
        .executeTakeFirst(),
    ])
    const found = () => {
      const { plugin, action } = actionOf(installed, asked.name)
      return { plugin, action, tool: toTool(plugin, action, consents) }
    }
    if (earlier) {
      if (earlier.result) return { kind: 'ended', result: openResult(key, earlier.id, earlier.result) }
      if (earlier.status !== 'running') return { kind: 'ended', result: unknownOutcome(earlier.id) }
      const repeatable = isRepeatable(actionOf(installed, asked.name).action)
      const taken = await tx.sql
        .updateTable('runs')
        .set(
          repeatable
            ? { holder: ctx.instanceId, lease_until: leaseUntil(ctx), started_at: raw<Date>`now()` }
            : { status: 'unknown', ended_at: raw<Date>`now()`, error_code: 'unavailable' },
        )
        .where('id', '=', earlier.id)
        .where('status', '=', 'running')
        .where('lease_until', '<', raw<Date>`now()`)
        .returning('id')
        .executeTakeFirst()
      if (!taken) return { kind: 'elsewhere', runId: earlier.id }
      return repeatable
        ? { kind: 'run', runId: earlier.id, ...found() }
        : { kind: 'ended', result: unknownOutcome(earlier.id) }
    }
    const { plugin, action, tool } = found()
    if (tool.consent === 'denied')
      throw new LunaError('forbidden', `${plugin.manifest.name} may not do this: the person has said never.`)
    const runId = ctx.random.id()
    const { count } = await tx.sql
      .selectFrom('runs')
      .select(eb => eb.fn.countAll<string>().as('count'))
      .where('person_id', '=', personId)
      .where('started_at', '>', raw<Date>`now() - interval '24 hours'`)
      .executeTakeFirstOrThrow()
    if (Number(count) >= ctx.config.runsPerDay)
      throw new LunaError(
        'rate-limited',
        `${count} runs in 24 hours: that is the limit for each person. Try again later.`,
        {
          details: { limit: ctx.config.runsPerDay },
        },
      )
    const inserted = await tx.sql
      .insertInto('runs')
      .values({
        id: runId,
        person_id: personId,
        call_id: callId,
        plugin_id: plugin.id,
        plugin_version: plugin.manifest.version,
        action: action.name,
        origin: asked.origin,
        turn_id: asked.turnId,
        holder: ctx.instanceId,
        status: 'running',
        arguments: sealArguments(key, runId, shownArguments(asked.arguments)),
        lease_until: leaseUntil(ctx),
        result: null,
        error_code: null,
        ended_at: null,
      })
      .onConflict(conflict => conflict.columns(['person_id', 'call_id']).doNothing())
      .returning('id')
      .executeTakeFirst()
    return inserted ? { kind: 'run', runId, plugin, action, tool } : { kind: 'elsewhere', runId: '' }
  })
}

function shownArguments(text: string): unknown {
  try {
    return redacted(JSON.parse(text === '' ? '{}' : text))
  } catch {
    return '[not JSON]'
  }
}
