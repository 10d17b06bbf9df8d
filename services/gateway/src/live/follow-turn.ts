import { LunaError, type TurnFrame } from '@luna/contracts'
import type { GatewayContext } from '../context.ts'
import { endedTurn } from './ended-turn.ts'
import { isEnd, type LiveFrame } from './frame.ts'
import { hubOf, type Watching } from './hub.ts'
import type { Sink, Snapshot } from './sink.ts'

/** One who wants a single turn, to its end. */
export interface TurnListener {
  /** In order, each once; the last is the end of the turn, after which nothing comes. */
  frame(frame: TurnFrame, text: string): void
  /** Frames were missed: this is where the turn stands, if it is the one that runs. */
  snapshot(snapshot: Snapshot): void
  failed(error: LunaError): void
}

export interface FollowTurn {
  personId: string
  conversationId: string
  turnId: string
  /** The last cursor seen; absent: from the first frame of the turn. */
  after?: string | undefined
  listener: TurnListener
}

/**
 * Follows one turn until its end, which comes surely: from the live frames, or, where it was missed, from what is stored.
 * @returns stops following; the turn itself goes on
 */
export async function followTurn(ctx: GatewayContext, request: FollowTurn): Promise<() => void> {
  const { personId, conversationId, turnId, after, listener } = request
  let done = false
  let watching: Watching | undefined
  const end = () => {
    done = true
    watching?.stop()
  }
  const give = (frame: TurnFrame, text: string) => {
    if (done) return
    if (isEnd(frame)) end()
    listener.frame(frame, text)
  }
  const lookForEnd = async (cursor: string): Promise<void> => {
    const frame = await endedTurn(ctx, personId, turnId, cursor)
    if (frame) give(frame, JSON.stringify(frame))
  }
  const check = (cursor: string) => {
    lookForEnd(cursor).catch((error: unknown) => {
      if (done) return
      end()
      listener.failed(LunaError.from(error))
    })
  }
  const sink: Sink = {
    frame: ({ body, text }: LiveFrame) => {
      if (body.type !== 'checkpoint' && body.turnId === turnId) give(body, text)
    },
    recovered: check,
    snapshot(snapshot) {
      if (done) return
      listener.snapshot(snapshot)
      if (snapshot.turn?.turnId !== turnId) check(snapshot.cursor)
    },
    failed(error) {
      if (done || error.retryable) return
      end()
      listener.failed(error)
    },
  }
  const from = after === undefined ? { turnId } : { after }
  watching = await hubOf(ctx).watchConversation({ conversationId, personId, from, sink })
  if (done) watching.stop()
  return end
}
