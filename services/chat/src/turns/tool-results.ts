import { person } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { openField, sealField } from '../db/message-body.ts'
import type { TurnRun } from './run-state.ts'

export interface ToolResult {
  status: 'done' | 'failed'
  result: string
}

/** A tool call of this turn as it is stored: what the model asked for, and what came of it. */
export interface StoredCall {
  callId: string
  step: number
  name: string
  status: 'running' | 'done' | 'failed'
  /** The model's own id of the call. */
  id: string
  arguments: string
  result: string
}

type Body = Pick<StoredCall, 'id' | 'arguments' | 'result'>

/** Every call of earlier attempts at this turn, by their steps: they are replayed, not asked for again. */
export async function loadCalls(ctx: ChatContext, { turn }: TurnRun): Promise<StoredCall[]> {
  const rows = await ctx.db.transaction(person(turn.personId), tx =>
    tx.sql
      .selectFrom('tool_results')
      .select(['call_id', 'step', 'name', 'status', 'body'])
      .where('turn_id', '=', turn.id)
      .orderBy('step')
      .orderBy('created_at')
      .execute(),
  )
  if (rows.length === 0) return []
  const key = await ctx.keys.of(turn.personId)
  return rows.map(({ call_id: callId, step, name, status, body }) => ({
    callId,
    step,
    name,
    status: status === 'done' || status === 'failed' ? status : 'running',
    ...openField<Body>(key, `tool.${callId}`, body),
  }))
}

export async function storeCall(ctx: ChatContext, { turn }: TurnRun, call: StoredCall): Promise<void> {
  const key = await ctx.keys.of(turn.personId)
  const { id, arguments: args, result, callId, status } = call
  const body = sealField(key, `tool.${callId}`, { id, arguments: args, result } satisfies Body)
  await ctx.db.transaction(person(turn.personId), tx =>
    tx.sql
      .insertInto('tool_results')
      .values({
        turn_id: turn.id,
        step: call.step,
        call_id: callId,
        person_id: turn.personId,
        name: call.name,
        status,
        body,
      })
      .onConflict(conflict => conflict.columns(['turn_id', 'call_id']).doUpdateSet({ status, body }))
      .execute(),
  )
}
