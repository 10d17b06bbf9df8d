import type { ConversationFrames } from './conversation-frames.ts'

/** Milliseconds that tokens may wait for company once the first of a burst is out. */
const gatherMs = 8

interface Segment {
  seq: number
  text: string
}

/** What one attempt says: numbers its frames by `seq`, and knows the text that stands. */
export interface TurnOutput {
  readonly turnId: string
  readonly attempt: number
  /** The text of all deltas that were not withdrawn: byte for byte what the message will be. */
  text(): string
  /** The seq of the last frame, -1 before the first. */
  lastSeq(): number
  write(text: string): void
  tool(frame: { callId: string; name: string; status: ToolStatus; summary?: string }): void
  /**
   * Withdraws all text so far and says its first `keep` UTF-16 units again. All of it, because a client that came by a
   * snapshot knows the text but not which delta each piece came with.
   */
  withdraw(reason: string, keep: number): void
  /** Sends what still waits; must be called before the turn ends. */
  flush(): void
}

type ToolStatus = 'proposed' | 'approved' | 'running' | 'done' | 'failed' | 'denied'

export interface TurnOutputOptions {
  frames: ConversationFrames
  turnId: string
  attempt: number
  elapsed: () => number
}

/** The first token never waits; tokens that come faster than every {@link gatherMs} travel together. */
export function createTurnOutput({ frames, turnId, attempt, elapsed }: TurnOutputOptions): TurnOutput {
  let segments: Segment[] = []
  let waiting = ''
  let timer: NodeJS.Timeout | null = null
  let lastSent = Number.NEGATIVE_INFINITY
  let seq = -1

  function flush(): void {
    if (timer) clearTimeout(timer)
    timer = null
    if (waiting === '') return
    const text = waiting
    waiting = ''
    seq += 1
    segments.push({ seq, text })
    lastSent = elapsed()
    frames.emit({ type: 'turn.delta', turnId, attempt, seq, text })
  }

  return {
    turnId,
    attempt,
    text: () => segments.map(segment => segment.text).join('') + waiting,
    lastSeq: () => seq,
    write(text) {
      if (text === '') return
      waiting += text
      const since = elapsed() - lastSent
      if (since >= gatherMs) flush()
      else timer ??= setTimeout(flush, gatherMs - since)
    },
    tool(frame) {
      flush()
      seq += 1
      frames.emit({ type: 'turn.tool', turnId, attempt, seq, ...frame })
    },
    withdraw(reason, keep) {
      flush()
      const kept = segments
        .map(segment => segment.text)
        .join('')
        .slice(0, keep)
      seq += 1
      segments = []
      frames.emit({ type: 'turn.replaced', turnId, attempt, seq, from: 0, reason })
      waiting = kept
      flush()
    },
    flush,
  }
}
