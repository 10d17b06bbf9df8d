import { type ConversationFrame, makeCursor, type Position } from '@luna/contracts'

type WithoutPlace<F> = F extends ConversationFrame ? Omit<F, 'conversationId' | 'cursor'> : never

/** A frame before its holder has numbered it. */
export type UnnumberedFrame = WithoutPlace<ConversationFrame>

/** Numbers the frames of one conversation; only the process that holds it does. */
export interface ConversationFrames {
  readonly conversationId: string
  /** The last number given. */
  position(): Position
  /** A frame that tells how things stand is given as a function: it is asked when the frame goes out. */
  emit(frame: UnnumberedFrame | (() => UnnumberedFrame)): void
  /**
   * Takes the next number for a frame that a commit will publish. Until `release`, frames that are emitted wait, so that
   * nothing overtakes the commit.
   */
  reserve(): Position
  release(): void
}

export function createConversationFrames(
  conversationId: string,
  from: Position,
  publish: (frame: ConversationFrame) => void,
): ConversationFrames {
  const waiting: (UnnumberedFrame | (() => UnnumberedFrame))[] = []
  let n = from.n
  let reserved = false

  function send(given: UnnumberedFrame | (() => UnnumberedFrame)): void {
    const frame = typeof given === 'function' ? given() : given
    n += 1
    const cursor = makeCursor(conversationId, { epoch: from.epoch, n })
    publish({ ...frame, conversationId, cursor } as ConversationFrame)
  }

  return {
    conversationId,
    position: () => ({ epoch: from.epoch, n }),
    emit(frame) {
      if (reserved) waiting.push(frame)
      else send(frame)
    },
    reserve() {
      reserved = true
      n += 1
      return { epoch: from.epoch, n }
    },
    release() {
      reserved = false
      for (const frame of waiting.splice(0)) send(frame)
    },
  }
}
