import { type CallInput, chat, LunaError, type Payload } from '@luna/contracts'
import { person, type Subscription } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import { hubOf } from '../live/hub.ts'
import type { CompletionListener } from './listener.ts'

type Frame = Payload<typeof chat.feeds.completionFrames>

/** Milliseconds without a frame after which a run is given up: longer than a provider may take to its first token. */
const silenceMs = 120_000

/**
 * Runs a completion that is kept nowhere. Its frames are not numbered: when the bus was away for a moment the run is given
 * up, since nobody could tell what is missing.
 * @returns stops the run, for when its reader has gone
 */
export async function runEphemeral(
  ctx: GatewayContext,
  personId: string,
  input: Omit<CallInput<typeof chat.calls.beginCompletion>, 'runId'>,
  listener: CompletionListener,
): Promise<() => void> {
  const runId = ctx.random.id()
  const scope = person(personId)
  let turnId: string | null = null
  let over = false
  let subscription: Subscription | undefined
  const cancel = () => {
    if (turnId) ctx.call(chat.calls.cancelTurn, { turnId }, { scope }).catch(() => {})
  }
  const finish = (): boolean => {
    if (over) return false
    over = true
    clearTimeout(silence)
    forget()
    subscription?.stop().catch((error: unknown) => ctx.log.warn({ err: error }, 'a feed could not be left'))
    return true
  }
  const giveUp = (error: LunaError) => {
    if (!finish()) return
    cancel()
    listener.failed(error)
  }
  const silence = setTimeout(() => giveUp(tooSilent()), silenceMs)
  const forget = hubOf(ctx).onInterruption(() => giveUp(interrupted()))
  const take = (frame: Frame) => {
    if (over) return
    silence.refresh()
    if (frame.type === 'delta') listener.text(frame.text)
    else if (frame.type === 'tool-calls') listener.toolCalls(frame.calls)
    else if (frame.type === 'ended' && finish()) listener.ended(frame.reason, frame.usage)
    else if (frame.type === 'failed' && finish()) listener.failed(LunaError.fromBody(frame.error))
  }
  subscription = await ctx.watch(chat.feeds.completionFrames, runId, take).catch(error => {
    clearTimeout(silence)
    forget()
    throw error
  })
  try {
    ;({ turnId } = await ctx.call(chat.calls.beginCompletion, { runId, ...input }, { scope }))
  } catch (error) {
    finish()
    throw error
  }
  if (over) cancel()
  return () => {
    if (finish()) cancel()
  }
}

const tooSilent = () => new LunaError('timeout', 'Nothing was heard of the answer for too long. Ask again.')

const interrupted = () =>
  new LunaError(
    'unavailable',
    'The connection inside Luna was lost for a moment, and parts of the answer with it. Ask again.',
  )
