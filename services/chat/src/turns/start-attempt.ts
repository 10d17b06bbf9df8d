import type { Route } from '@luna/contracts'
import type { ChatContext } from '../context.ts'
import type { TurnRun } from './run-state.ts'
import { createTurnOutput } from './turn-output.ts'

/** Says who answers; the frames of this attempt follow. Null: no model, the answer is a command's own. */
export function startAttempt(ctx: ChatContext, run: TurnRun, route: Route | null, characterId: string | null): void {
  const { turn, frames } = run
  run.route = route && { provider: route.provider, model: route.model }
  if (run.output) return
  run.output = createTurnOutput({ frames, turnId: turn.id, attempt: turn.attempt, elapsed: () => ctx.clock.elapsed() })
  frames.emit({
    type: 'turn.started',
    turnId: turn.id,
    attempt: turn.attempt,
    characterId,
    route: run.route,
    parentId: turn.parentId,
  })
}
