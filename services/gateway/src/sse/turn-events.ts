import type { GatewayContext } from '../context.ts'
import { type FollowTurn, followTurn } from '../live/follow-turn.ts'
import { isEnd } from '../live/frame.ts'
import type { PersonalStream } from './personal-stream.ts'

/** Writes the frames of a turn as events, each with its cursor as id, up to the end of the turn. */
export async function writeTurn(
  ctx: GatewayContext,
  { stream, atEnd, fail }: PersonalStream,
  turn: Omit<FollowTurn, 'listener'>,
): Promise<void> {
  const stop = await followTurn(ctx, {
    ...turn,
    listener: {
      frame(frame, text) {
        stream.event(text, frame.cursor)
        if (isEnd(frame)) stream.end()
      },
      snapshot: snapshot => stream.event(JSON.stringify({ type: 'snapshot', ...snapshot }), snapshot.cursor),
      failed: fail,
    },
  })
  atEnd(stop)
}
