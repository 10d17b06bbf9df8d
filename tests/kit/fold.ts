import type { ServerFrame } from '@luna/contracts'

interface Piece {
  seq: number
  text: string
}

/**
 * What the protocol says that a reader of these frames has seen of a turn: of the last attempt, the deltas by `seq` less
 * what was withdrawn; a snapshot stands for everything before it, and one that has the turn's answer for all of it. Written apart from the client, so that neither hides a fault of the other.
 * @throws Error when a `seq` of an attempt does not rise
 */
export function shownText(frames: readonly ServerFrame[], turnId: string): string {
  let attempt = 0
  let last = -1
  let pieces: Piece[] = []
  const begin = (next: number) => {
    attempt = next
    last = -1
    pieces = []
  }
  for (const frame of frames) {
    if (frame.type === 'snapshot') {
      const answer = frame.messages.find(message => message.role === 'assistant' && message.turnId === turnId)
      if (answer) {
        begin(Number.MAX_SAFE_INTEGER)
        pieces = [{ seq: -1, text: answer.text }]
        continue
      }
      if (frame.turn?.turnId !== turnId || frame.turn.attempt < attempt) continue
      begin(frame.turn.attempt)
      last = frame.turn.seq
      pieces = [{ seq: -1, text: frame.turn.text }]
    }
    if (!('turnId' in frame) || frame.turnId !== turnId || !('attempt' in frame)) continue
    if (frame.attempt < attempt) continue
    if (frame.attempt > attempt) begin(frame.attempt)
    if (!('seq' in frame)) continue
    if (frame.seq <= last) throw new Error(`seq ${frame.seq} came after ${last} in attempt ${attempt}`)
    last = frame.seq
    if (frame.type === 'turn.delta') pieces.push({ seq: frame.seq, text: frame.text })
    if (frame.type === 'turn.replaced')
      pieces = pieces.filter(({ seq }) => !(seq < frame.seq && (seq === -1 ? frame.from === 0 : seq >= frame.from)))
  }
  return pieces.map(piece => piece.text).join('')
}
