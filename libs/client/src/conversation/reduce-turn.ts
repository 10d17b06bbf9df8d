import type { TurnFrame } from '@luna/contracts'
import type { Mark, RunningTurn, ToolCall } from './state.ts'

type Attempted = Exclude<TurnFrame, { type: 'turn.queued' | 'turn.completed' | 'turn.failed' | 'turn.cancelled' }>

export const newTurn = (turnId: string): RunningTurn => ({
  turnId,
  state: 'queued',
  ahead: 0,
  attempt: 0,
  seq: -1,
  text: '',
  marks: null,
  base: null,
  tools: [],
  route: null,
  characterId: null,
  parentId: undefined,
  withdrawn: null,
  stale: false,
})

/**
 * Folds a frame of an attempt into its turn. A higher attempt replaces a lost one; frames of a lost attempt, and those
 * seen before (`seq` not above the last), change nothing.
 */
export function reduceTurn(turn: RunningTurn, frame: Attempted): RunningTurn {
  if (frame.attempt < turn.attempt) return turn
  if (frame.type === 'turn.started') {
    if (frame.attempt === turn.attempt) return turn
    return {
      ...newTurn(turn.turnId),
      state: 'running',
      attempt: frame.attempt,
      route: frame.route,
      characterId: frame.characterId,
      parentId: frame.parentId === undefined ? turn.parentId : frame.parentId,
    }
  }
  if (frame.attempt > turn.attempt) {
    const joined = { ...newTurn(turn.turnId), attempt: frame.attempt, parentId: turn.parentId, stale: true }
    return reduceTurn({ ...joined, state: 'running' }, frame)
  }
  if (frame.seq <= turn.seq) return turn
  const next = { ...turn, state: 'running' as const, seq: frame.seq }
  if (frame.type === 'turn.tool') return { ...next, tools: withTool(turn.tools, frame) }
  if (frame.type === 'turn.replaced') return { ...next, ...withdrawFrom(turn, frame.from), withdrawn: frame.reason }
  const marks: Mark = { seq: frame.seq, offset: turn.text.length, before: turn.marks }
  return { ...next, text: turn.text + frame.text, marks }
}

/**
 * Cuts the text off where the first withdrawn delta began: every delta so far is below the withdrawing frame, so what
 * is withdrawn is always the tail. The text of a snapshot came in one piece: as it cannot be told which part of it is
 * withdrawn, none of it stays on show, and the turn is stale unless all of it was meant.
 */
function withdrawFrom(turn: RunningTurn, from: number): Pick<RunningTurn, 'text' | 'marks' | 'base' | 'stale'> {
  if (turn.base !== null && from <= turn.base.seq) {
    return { text: '', marks: null, base: null, stale: turn.stale || (from > 0 && turn.base.length > 0) }
  }
  let cut: Mark | null = null
  for (let mark = turn.marks; mark !== null && mark.seq >= from; mark = mark.before) cut = mark
  const kept = cut === null ? turn : { text: turn.text.slice(0, cut.offset), marks: cut.before }
  return { text: kept.text, marks: kept.marks, base: turn.base, stale: turn.stale }
}

function withTool(tools: readonly ToolCall[], frame: Extract<Attempted, { type: 'turn.tool' }>): readonly ToolCall[] {
  const { callId, name, status, summary } = frame
  const call: ToolCall = summary === undefined ? { callId, name, status } : { callId, name, status, summary }
  return tools.some(tool => tool.callId === callId)
    ? tools.map(tool => (tool.callId === callId ? { ...tool, ...call } : tool))
    : [...tools, call]
}
