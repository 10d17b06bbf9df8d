import type { ConversationFrame, TurnSoFar } from '@luna/contracts'

interface Piece {
  seq: number
  text: string
}

interface Running {
  turnId: string
  attempt: number
  seq: number
  parentId: string | null
  /** Text that came in one piece by a checkpoint, and the seq up to which it goes. */
  base: Piece | null
  pieces: Piece[]
}

export interface Folded {
  turn: TurnSoFar | null
  /** False when the frames do not tell the whole text: begun half-way, or withdrawn from within a checkpoint. */
  whole: boolean
}

/**
 * The running turn after these frames, which begin where no turn runs, with a checkpoint, or with `turn.started`.
 * Frames of an attempt below the present one change nothing.
 */
export function foldTurn(frames: readonly ConversationFrame[]): Folded {
  let running: Running | null = null
  let whole = true
  for (const frame of frames) {
    switch (frame.type) {
      case 'turn.queued':
        break
      case 'turn.started':
        if (running?.turnId === frame.turnId && frame.attempt <= running.attempt) break
        running = begin(frame.turnId, frame.attempt, frame.parentId ?? null)
        whole = true
        break
      case 'checkpoint':
        running = frame.turn && {
          ...begin(frame.turn.turnId, frame.turn.attempt, frame.turn.parentId),
          seq: frame.turn.seq,
          base: { seq: frame.turn.seq, text: frame.turn.text },
        }
        whole = true
        break
      case 'turn.completed':
      case 'turn.failed':
      case 'turn.cancelled':
        if (running?.turnId === frame.turnId) running = null
        whole = true
        break
      default:
        if (!running || running.turnId !== frame.turnId || frame.attempt > running.attempt) whole = false
        else if (frame.attempt === running.attempt && frame.seq > running.seq) whole = step(running, frame) && whole
    }
  }
  return { turn: running && soFar(running), whole }
}

const begin = (turnId: string, attempt: number, parentId: string | null): Running => ({
  turnId,
  attempt,
  seq: -1,
  parentId,
  base: null,
  pieces: [],
})

type Step = Extract<ConversationFrame, { type: 'turn.delta' | 'turn.tool' | 'turn.replaced' }>

/** False when what is withdrawn begins within the text of a checkpoint, so that nobody can say what is left. */
function step(running: Running, frame: Step): boolean {
  running.seq = frame.seq
  if (frame.type === 'turn.delta') running.pieces.push({ seq: frame.seq, text: frame.text })
  if (frame.type !== 'turn.replaced') return true
  running.pieces = running.pieces.filter(piece => piece.seq < frame.from)
  if (!running.base || running.base.seq < frame.from) return true
  running.base = null
  return frame.from === 0
}

const soFar = ({ turnId, attempt, seq, parentId, base, pieces }: Running): TurnSoFar => ({
  turnId,
  attempt,
  seq,
  text: (base?.text ?? '') + pieces.map(piece => piece.text).join(''),
  parentId,
})
