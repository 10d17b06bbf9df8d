import { setTimeout as delay } from 'node:timers/promises'
import { LunaError, type plugins } from '@luna/contracts'
import { type CallHandlers, personOf, type Scope } from '@luna/service'
import { sql as raw } from 'kysely'
import { checkArguments } from '../arguments/check-arguments.ts'
import type { ActionResult } from '../builtin/builtin.ts'
import type { PluginsContext } from '../context.ts'
import { createHost, type HostOfRun } from '../host/create-host.ts'
import { createSecretStore } from '../secrets/secrets.ts'
import { type Asked, type Begun, beginRun, unknownOutcome } from './begin-run.ts'
import { performAction } from './perform-action.ts'
import { type Executed, filePrefix, openResult, sealResult } from './run-record.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>

/** Characters of a result that are kept and shown to a model. */
const textChars = 64_000
const dataChars = 256 * 1024
const mostFiles = 8
/** Code may wait so many milliseconds for a sandbox; its own time begins there, and the sandbox keeps it. */
const sandboxWaitMs = 10_000

/** Runs an action once: the same callId is the same run, whatever died meanwhile. */
export const execute: Handlers['execute'] = async (input, ctx, { scope }) => {
  const asked: Asked = { personId: personOf(scope), scope, origin: 'model', ...input, arguments: input.arguments }
  const begun = await beginRun(ctx, asked)
  if (begun.kind === 'ended') return begun.result
  if (begun.kind === 'elsewhere') return awaitRun(ctx, asked)
  return carryOut(ctx, asked, begun, {
    conversationId: input.conversationId ?? null,
    characterId: input.characterId ?? null,
  })
}

async function carryOut(
  ctx: PluginsContext,
  { personId, scope, callId, ...asked }: Asked,
  { runId, plugin, action }: Extract<Begun, { kind: 'run' }>,
  where: { conversationId: string | null; characterId: string | null },
): Promise<Executed> {
  const running = ctx.live.begin(runId, action.timeoutMs + (action.run.type === 'code' ? sandboxWaitMs : 0))
  const ownerId = plugin.ownerId ?? personId
  const secrets = createSecretStore(ctx, ownerId, plugin.id)
  const host = createHost({
    ctx,
    personId,
    pluginId: plugin.id,
    callId,
    granted: plugin.granted,
    ...where,
    signal: running.signal,
    secrets,
  })
  try {
    const args = await checkArguments(asked.arguments, action.parameters)
    const performing = performAction({ ctx, plugin, action, arguments: args, host: host.host, secrets, callId })
    const result = await orAborted(performing, running.signal)
    return await finish(ctx, { personId, scope, runId }, host, await keepFiles(ctx, personId, runId, result))
  } catch (error) {
    const known =
      running.signal.aborted && running.signal.reason instanceof LunaError
        ? running.signal.reason
        : LunaError.from(error)
    if (known.code === 'internal')
      ctx.log.error({ err: error, runId, plugin: plugin.id, action: action.name }, 'a run failed')
    const failed: Executed = { status: 'failed', result: known.message.slice(0, 4_000), code: known.code, runId }
    return await finish(ctx, { personId, scope, runId }, null, failed)
  } finally {
    running.end()
  }
}

/** A built-in action or a connection that does not listen to its signal is left to itself. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {})
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason as Error)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Ends the run and makes true what it wrote, in one transaction; a run that is another's or has ended stays as it is. */
async function finish(
  ctx: PluginsContext,
  { personId, scope, runId }: { personId: string; scope: Scope; runId: string },
  host: HostOfRun | null,
  result: Executed,
): Promise<Executed> {
  const key = await ctx.keys.of(personId)
  const sealed = sealResult(key, runId, result)
  const status = result.code === 'cancelled' ? 'cancelled' : result.status
  return ctx.db.transaction(scope, async tx => {
    const ended = await tx.sql
      .updateTable('runs')
      .set({
        status,
        result: sealed,
        result_bytes: Buffer.byteLength(result.result),
        error_code: result.code ?? null,
        ended_at: raw<Date>`now()`,
      })
      .where('id', '=', runId)
      .where('status', '=', 'running')
      .where('holder', '=', ctx.instanceId)
      .returning('id')
      .executeTakeFirst()
    if (ended) {
      await host?.commit(tx)
      return result
    }
    const row = await tx.sql.selectFrom('runs').select('result').where('id', '=', runId).executeTakeFirst()
    return row?.result ? openResult(key, runId, row.result) : unknownOutcome(runId)
  })
}

/** Somebody else runs this call: its result, or its being lost. */
async function awaitRun(ctx: PluginsContext, asked: Asked): Promise<Executed> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
    await delay(pauseMs)
    const begun = await beginRun(ctx, asked)
    if (begun.kind === 'ended') return begun.result
    if (begun.kind === 'run') return carryOut(ctx, asked, begun, { conversationId: null, characterId: null })
  }
}

async function keepFiles(
  ctx: PluginsContext,
  personId: string,
  runId: string,
  result: ActionResult,
): Promise<Executed> {
  const files = await Promise.all(
    (result.files ?? []).slice(0, mostFiles).map(async ({ name, type, content }) => {
      const body = typeof content === 'string' ? Buffer.from(content) : content
      const sealed = (await ctx.keys.of(personId)).seal(
        Buffer.from(body).toString('base64'),
        `plugins.files:${runId}/${name}`,
      )
      await ctx.blobs.put(`${filePrefix(personId, runId)}${name}`, sealed, {
        type: 'application/octet-stream',
        maxBytes: 8 * 1024 * 1024,
      })
      return { name, type, bytes: body.byteLength }
    }),
  )
  const data = result.data === undefined ? undefined : JSON.stringify(result.data)
  return {
    status: 'done',
    result: withLinks(
      result.text.length > textChars
        ? `${result.text.slice(0, textChars)}… (cut: ${result.text.length} characters)`
        : result.text,
      runId,
    ),
    runId,
    ...(data === undefined || data.length > dataChars ? {} : { data: JSON.parse(data) as unknown }),
    ...(files.length > 0 ? { files } : {}),
  }
}

/** `file:chart.svg` in a text is the address of that file of the run. */
const withLinks = (text: string, runId: string): string =>
  text.replaceAll(
    /\]\(file:([A-Za-z0-9._-]{1,100})\)/g,
    (_, name: string) => `](/api/v1/plugins/runs/${runId}/files/${name})`,
  )
