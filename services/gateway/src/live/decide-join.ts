import type { CallOutput, ConversationFrame, chat, Position, TurnSoFar } from '@luna/contracts'
import { foldTurn } from './fold.ts'
import { isEnd, type LiveFrame, opens } from './frame.ts'
import { compare, follows, unbroken } from './order.ts'

/** The epoch of a conversation that has lost no holder yet. */
const firstEpoch = 1

export type StoredTurn = CallOutput<typeof chat.calls.snapshot>['turn']

/** What chat has stored: the position of the last end of a turn, and the turn that runs beyond it. */
export interface Stored {
  position: Position
  turn: StoredTurn
  /** Frames up to here had come before the call was made: they cannot know better. */
  asOf?: Position | null
}

/** From where a watcher wants the frames. */
export type Wanted =
  | { kind: 'after'; position: Position }
  | { kind: 'snapshot' }
  /** All frames of a turn that was just accepted. */
  | { kind: 'turn'; turnId: string }

export type Join =
  /** Nothing is missing: the watcher stands at `from`, these frames come next. */
  | { kind: 'follow'; from: Position; frames: readonly LiveFrame[] }
  /** The messages of the call and this turn are the state at `at`. */
  | { kind: 'snapshot'; at: Position; turn: TurnSoFar | null }
  /** A turn has begun or ended since the call, or may have: ask again. */
  | { kind: 'stale' }
  /** Frames of the running turn are lost: only a checkpoint of its holder helps. */
  | { kind: 'unsettled' }

export type Settled = Extract<Join, { kind: 'follow' | 'snapshot' }>

/**
 * How a watcher joins, from what is stored and the frames that are known (in order, without doubles).
 * @param kept those of them that lie in the stream
 */
export function decideJoin(
  wanted: Wanted,
  stored: Stored,
  frames: readonly LiveFrame[],
  kept: readonly LiveFrame[] = frames,
): Join {
  if (wanted.kind === 'after') return resume(wanted.position, stored, frames, kept)
  if (wanted.kind === 'turn') {
    const begun = joinTurn(wanted.turnId, frames)
    if (begun) return begun
    const expected = stored.turn?.turnId === wanted.turnId && beyond(stored, frames).length === 0
    if (expected) return { kind: 'follow', from: stored.position, frames: [] }
  }
  return snapshot(stored, frames, kept)
}

/** Joins at the first frame of a turn, if it is known; needs nothing that is stored. */
export function joinTurn(turnId: string, frames: readonly LiveFrame[]): Settled | null {
  const index = frames.findIndex(frame => opens(frame.body, turnId))
  const first = frames[index]
  if (!first) return null
  const from = { epoch: first.position.epoch, n: first.position.n - 1 }
  return { kind: 'follow', from, frames: frames.slice(index) }
}

const beyond = (stored: Stored, frames: readonly LiveFrame[]): LiveFrame[] =>
  frames.filter(frame => compare(frame.position, stored.position) > 0)

/** The stream loses frames from the oldest on: while it keeps this one, none behind it is missing. */
const keeps = (kept: readonly LiveFrame[], at: Position): boolean =>
  kept.some(frame => compare(frame.position, at) === 0)

const runs = (turn: StoredTurn): boolean => turn?.state === 'running' || turn?.state === 'waiting'

function resume(after: Position, stored: Stored, frames: readonly LiveFrame[], kept: readonly LiveFrame[]): Join {
  const later = frames.filter(frame => compare(frame.position, after) > 0)
  const crosses = later[0] !== undefined && later[0].position.epoch !== after.epoch
  const complete = unbroken(after, later) === later.length && (!crosses || keeps(kept, after))
  const last = later.at(-1)?.position ?? after
  const reaches = last.epoch === stored.position.epoch && last.n >= stored.position.n
  if (!complete || !reaches) return snapshot(stored, frames, kept)
  if (keeps(kept, after)) return { kind: 'follow', from: after, frames: later }
  // The end of a turn of an earlier holder may have been published late, and lost with the stream.
  if (after.epoch > firstEpoch) return snapshot(stored, frames, kept)
  if (later.length > 0 || (!runs(stored.turn) && compare(after, stored.position) === 0))
    return { kind: 'follow', from: after, frames: later }
  return runs(stored.turn) ? { kind: 'unsettled' } : snapshot(stored, frames, kept)
}

function snapshot(stored: Stored, frames: readonly LiveFrame[], kept: readonly LiveFrame[]): Join {
  const later = beyond(stored, frames)
  if (later.some(frame => isEnd(frame.body))) return { kind: 'stale' }
  const last = later.at(-1)
  if (!last) {
    const certain = !runs(stored.turn) || keeps(kept, stored.position)
    return certain ? { kind: 'snapshot', at: stored.position, turn: null } : { kind: 'unsettled' }
  }
  const { ground, gap } = solidFrom(stored.position, later)
  const solid = later.slice(ground)
  const { turn, whole } = foldTurn(solid.map(frame => frame.body))
  if (solid.length === 0 || !whole) return { kind: 'unsettled' }
  // In a gap a whole turn may have come and gone since the call.
  if (gap && isNews(stored, gap)) return { kind: 'stale' }
  const says = solid.findLast(frame => standsAlone(frame.body))
  const contradicts = says !== undefined && turn?.turnId !== stored.turn?.turnId
  if (contradicts && (turn !== null || isNews(stored, says))) return { kind: 'stale' }
  return { kind: 'snapshot', at: last.position, turn }
}

/** Says which turn runs, whatever was before. */
const standsAlone = ({ type }: ConversationFrame): boolean => type === 'checkpoint' || type === 'turn.started'

const isNews = ({ asOf }: Stored, { position }: LiveFrame): boolean => !asOf || compare(position, asOf) > 0

/** From which frame on they tell the whole state: behind the last gap, there from the first that stands alone. */
function solidFrom(stored: Position, later: readonly LiveFrame[]): { ground: number; gap: LiveFrame | undefined } {
  const gap = later.findLastIndex((frame, index) => !follows(later[index - 1]?.position ?? stored, frame))
  if (gap === -1) return { ground: 0, gap: undefined }
  const alone = later.findIndex(({ body }, index) => index >= gap && standsAlone(body))
  return { ground: alone === -1 ? later.length : alone, gap: later[gap] }
}
