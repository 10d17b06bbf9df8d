import type { Position } from '@luna/contracts'
import { isEnd, type LiveFrame } from './frame.ts'

export const compare = (a: Position, b: Position): number => a.epoch - b.epoch || a.n - b.n

/**
 * Whether a frame is the one behind a position. The first frame of a new holder is a checkpoint, with the number 1: what
 * the lost holder may have said beyond the position is void, save the end of a turn, which is published again.
 */
export const follows = (before: Position, { position, body }: LiveFrame): boolean =>
  position.epoch === before.epoch
    ? position.n === before.n + 1
    : position.epoch > before.epoch && position.n === 1 && body.type === 'checkpoint'

/**
 * What a frame is to a watcher that stands at `at`. `gap`: frames between are missing. `late-end`: the end of a turn whose holder died after its commit, published by somebody else.
 */
export function place(at: Position, frame: LiveFrame): 'next' | 'seen' | 'gap' | 'late-end' {
  if (follows(at, frame)) return 'next'
  if (compare(frame.position, at) > 0) return 'gap'
  return frame.position.epoch < at.epoch && isEnd(frame.body) ? 'late-end' : 'seen'
}

/** Frames from several sources in their order, each position once. */
export function merge(...sources: readonly (readonly LiveFrame[])[]): LiveFrame[] {
  const all = sources.flat().toSorted((a, b) => compare(a.position, b.position))
  return all.filter((frame, index) => {
    const before = all[index - 1]
    return !before || compare(before.position, frame.position) !== 0
  })
}

/** How many of the frames, from the first on, stand without a gap behind `from`. */
export function unbroken(from: Position, frames: readonly LiveFrame[]): number {
  let at = from
  let count = 0
  for (const frame of frames) {
    if (!follows(at, frame)) break
    at = frame.position
    count += 1
  }
  return count
}

/**
 * The ends of turns that a lost holder left and somebody else published, as far as they came behind the frame at `at`:
 * `arrived` is in the order of coming. An end that was seen before may be among them; clients keep the first.
 */
export function lateEnds(at: Position, arrived: readonly LiveFrame[]): LiveFrame[] {
  const seen = arrived.findIndex(frame => compare(frame.position, at) === 0)
  return arrived.filter((frame, index) => index > seen && frame.position.epoch < at.epoch && isEnd(frame.body))
}
