import { chat, LunaError } from '@luna/contracts'
import { system } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { titleLater } from '../conversations/title.ts'
import { summariseLater } from '../prompt/summaries.ts'
import type { ClaimedTurn } from './claimed-turn.ts'
import { type ConversationFrames, createConversationFrames } from './conversation-frames.ts'
import { type Ending, endTurn, Fenced } from './end-turn.ts'
import { stopRun, type TurnRun } from './run-state.ts'
import { runTurn, type TurnResult } from './run-turn.ts'
import { until } from './until.ts'

/** The turns that this process runs, one a conversation, many conversations at once. */
export interface Engine {
  /** False while the process drains: it claims nothing more. */
  accepting(): boolean
  run(turn: ClaimedTurn): void
  /** Stops a turn of this person that runs here: whoever asks may know only its id. */
  cancel(turnId: string, personId: string): void
  /** Ends whatever runs in a conversation that is gone, without a commit. */
  drop(conversationId: string): void
  /** Says `turn.queued` on the feed when this process holds the conversation. */
  announceQueued(conversationId: string, turnId: string): Promise<void>
  /** Says that a waiting turn is over when this process holds the conversation. */
  announceCancelled(conversationId: string, turnId: string): void
  /** Says where a running turn stands, whole, when this process holds the conversation. */
  checkpoint(conversationId: string): void
  /** The answer of a person to a proposed tool call; false when nothing waits for it here. */
  decide(callId: string, decision: 'once' | 'always' | 'never' | 'deny'): boolean
  /** Waits for what runs, at last hands it on to other processes. */
  drain(patienceMs: number): Promise<void>
}

/** Beyond this many attempts a turn that keeps killing its process is given up. */
const maxAttempts = 5

interface Held {
  frames: ConversationFrames
  run: TurnRun | null
}

export function createEngine(getContext: () => ChatContext): Engine {
  const held = new Map<string, Held>()
  const working = new Set<Promise<void>>()
  let accepting = true

  const runs = () => [...held.values()].flatMap(({ run }) => (run ? [run] : []))

  function hold(turn: ClaimedTurn): Held {
    const ctx = getContext()
    const frames = createConversationFrames(turn.conversationId, turn.position, frame =>
      ctx.emit(chat.feeds.conversationFrames, turn.conversationId, frame),
    )
    const entry: Held = { frames, run: null }
    held.set(turn.conversationId, entry)
    if (turn.takenOver)
      frames.emit({
        type: 'checkpoint',
        turn: { turnId: turn.id, attempt: turn.attempt, seq: -1, text: '', parentId: turn.parentId },
      })
    return entry
  }

  function begin(turn: ClaimedTurn, entry: Held): void {
    const run: TurnRun = {
      turn,
      frames: entry.frames,
      abort: new AbortController(),
      output: null,
      route: null,
      stopReason: null,
      tools: [],
      decisions: new Map(),
    }
    entry.run = run
    const work = execute(run, entry)
      .catch((error: unknown) => getContext().log.error({ err: error, turnId: turn.id }, 'a turn was dropped'))
      .finally(() => working.delete(work))
    working.add(work)
  }

  async function execute(run: TurnRun, entry: Held): Promise<void> {
    const ctx = getContext()
    const deadline = setTimeout(() => stopRun(run, 'deadline'), ctx.config.turnDeadlineMs)
    try {
      const key = await until(() => ctx.keys.of(run.turn.personId), run.abort.signal)
      const result = run.turn.attempt > maxAttempts ? givenUp(run.turn) : await runTurn(ctx, run, key)
      if (run.stopReason === 'draining') return await release(ctx, run)
      if (run.stopReason === 'fenced') return letGo(entry)
      await end(ctx, run, entry, result)
    } finally {
      clearTimeout(deadline)
      if (entry.run === run) letGo(entry)
    }
  }

  function letGo(entry: Held): void {
    entry.run = null
    if (held.get(entry.frames.conversationId) === entry) held.delete(entry.frames.conversationId)
  }

  async function end(ctx: ChatContext, run: TurnRun, entry: Held, result: TurnResult): Promise<void> {
    const { turn } = run
    const key = await ctx.keys.of(turn.personId)
    const position = entry.frames.reserve()
    const commit = (ending: Ending) =>
      endTurn(ctx, { turn, ending, key, characterId: result.characterId, position, claimsNext: accepting })
    try {
      const { message, next } = await until(() => commit(result.ending)).catch((error: unknown) => {
        if (error instanceof Fenced) throw error
        ctx.log.error({ err: error, turnId: turn.id }, 'the end of a turn could not be stored as it was')
        return until(() =>
          commit({ kind: 'failed', error: LunaError.from(error).toBody(), receipt: null, route: null }),
        )
      })
      entry.run = null
      if (message) ctx.paths.extend(turn.conversationId, turn.parentId, message, result.path)
      if (next) begin(next.claimed, entry)
      else held.delete(turn.conversationId)
      entry.frames.release()
      if (result.ending.kind === 'completed') {
        titleLater(ctx, turn, result)
        summariseLater(ctx, turn, result)
      }
    } catch (error) {
      if (!(error instanceof Fenced)) throw error
      ctx.log.warn({ turnId: turn.id }, 'another process has taken this turn over; what was made here is dropped')
      letGo(entry)
    }
  }

  return {
    accepting: () => accepting,
    run: turn => begin(turn, hold(turn)),
    cancel(turnId, personId) {
      for (const run of runs()) if (run.turn.id === turnId && run.turn.personId === personId) stopRun(run, 'cancelled')
    },
    drop(conversationId) {
      const run = held.get(conversationId)?.run
      if (run) stopRun(run, 'fenced')
    },
    async announceQueued(conversationId, turnId) {
      if (!held.has(conversationId)) return
      const ahead = await queuedAhead(getContext(), conversationId, turnId)
      if (ahead !== null) held.get(conversationId)?.frames.emit({ type: 'turn.queued', turnId, ahead })
    },
    announceCancelled(conversationId, turnId) {
      held.get(conversationId)?.frames.emit({ type: 'turn.cancelled', turnId, attempt: 0, message: null })
    },
    checkpoint(conversationId) {
      const entry = held.get(conversationId)
      if (!entry) return
      entry.run?.output?.flush()
      entry.frames.emit(() => ({ type: 'checkpoint', turn: entry.run && soFar(entry.run) }))
    },
    decide(callId, decision) {
      for (const run of runs()) {
        const settle = run.decisions.get(callId)
        if (settle) {
          settle(decision)
          return true
        }
      }
      return false
    },
    async drain(patienceMs) {
      accepting = false
      const patience = setTimeout(() => {
        for (const run of runs()) stopRun(run, 'draining')
      }, patienceMs)
      while (working.size > 0) await Promise.allSettled(working)
      clearTimeout(patience)
    },
  }
}

const soFar = ({ turn, output }: TurnRun) => ({
  turnId: turn.id,
  attempt: turn.attempt,
  seq: output?.lastSeq() ?? -1,
  text: output?.text() ?? '',
  parentId: turn.parentId,
})

const givenUp = (turn: ClaimedTurn): TurnResult => ({
  ending: {
    kind: 'failed',
    error: new LunaError(
      'internal',
      `The answer was begun ${maxAttempts} times and its process was lost each time; it is given up. Send the message again, perhaps in other words.`,
    ).toBody(),
    receipt: null,
    route: null,
  },
  characterId: turn.characterId,
  path: { messages: [], complete: false },
})

/** Hands a turn on: without a holder, the next process to look takes it up as a higher attempt. */
async function release(ctx: ChatContext, { turn }: TurnRun): Promise<void> {
  await ctx.db.transaction(system, tx =>
    tx.sql
      .updateTable('turns')
      .set({ holder: null })
      .where('id', '=', turn.id)
      .where('fence', '=', turn.fence)
      .execute(),
  )
}

async function queuedAhead(ctx: ChatContext, conversationId: string, turnId: string): Promise<number | null> {
  const queue = await ctx.db.transaction(system, tx =>
    tx.sql
      .selectFrom('turns')
      .select(['id', 'state'])
      .where('conversation_id', '=', conversationId)
      .where('state', 'in', ['queued', 'running', 'waiting'])
      .orderBy('seq')
      .execute(),
  )
  const at = queue.findIndex(turn => turn.id === turnId && turn.state === 'queued')
  return at === -1 ? null : at
}
