import type { Connection } from '@luna/client'
import type { ServerFrame } from '@luna/contracts'

export interface PrintedTurns {
  /** The turn that is being printed now. */
  running(): string | null
  /** Resolves at the end of a turn. */
  ended(turnId: string): Promise<void>
}

/** Prints the frames of a talk as they come. */
export function printFrames(connection: Pick<Connection, 'on'>, write: (text: string) => void): PrintedTurns {
  const ends = new Map<string, () => void>()
  const over = new Set<string>()
  let current: string | null = null
  const end = (turnId: string, last: string) => {
    write(last)
    current = null
    over.add(turnId)
    ends.get(turnId)?.()
  }
  connection.on('frame', (frame: ServerFrame) => {
    switch (frame.type) {
      case 'turn.started':
        current = frame.turnId
        write(frame.attempt === 1 ? '\nluna › ' : '\n(the answer begins again)\nluna › ')
        break
      case 'turn.delta':
        write(frame.text)
        break
      case 'turn.replaced':
        write('\n(withdrawn) ')
        break
      case 'safety.card':
        write(
          `\n${frame.title}\n${frame.body}\n${frame.resources.map(({ name, contact }) => `  ${name}: ${contact}`).join('\n')}\n`,
        )
        break
      case 'turn.completed':
        end(frame.turnId, '\n')
        break
      case 'turn.cancelled':
        end(frame.turnId, ' …stopped\n')
        break
      case 'turn.failed':
        end(frame.turnId, `\n${frame.error.message}\n`)
        break
    }
  })
  return {
    running: () => current,
    ended: turnId => (over.has(turnId) ? Promise.resolve() : new Promise(resolve => ends.set(turnId, resolve))),
  }
}
