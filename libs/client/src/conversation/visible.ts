import type { Message } from '@luna/contracts'
import type { ConversationState, EndedTurn, RunningTurn } from './state.ts'

/** The known messages from the oldest to `leafId`; ends where a parent is not loaded. */
export function pathTo(messages: ConversationState['messages'], leafId: string | null): Message[] {
  const path: Message[] = []
  const seen = new Set<string>()
  for (let id = leafId; id !== null && !seen.has(id); ) {
    const message = messages[id]
    if (!message) break
    seen.add(id)
    path.push(message)
    id = message.parentId
  }
  return path.toReversed()
}

/** One thing in the order it is shown. */
export type VisibleItem =
  | {
      kind: 'message'
      key: string
      message: Message
      ended: EndedTurn | null
      /** Ids of all versions of this message, oldest first, itself among them. */
      siblings: readonly string[]
    }
  | { kind: 'turn'; key: string; turn: RunningTurn }
  | { kind: 'failure'; key: string; turn: EndedTurn }

/**
 * What is shown of a conversation: the branch to the leaf; where one of its messages is being answered anew, the branch
 * up to there and the running answer; own messages that wait for a running answer below it; the failure of the last turn.
 */
export function visibleItems(state: ConversationState): VisibleItem[] {
  const endedBy = new Map<string, EndedTurn>()
  for (const turn of Object.values(state.ended)) if (turn.messageId) endedBy.set(turn.messageId, turn)
  const versions = versionsOf(state.messages)
  const item = (message: Message): VisibleItem => ({
    kind: 'message',
    key: message.id,
    message,
    ended: endedBy.get(message.id) ?? null,
    siblings: versions.get(placeOf(message)) ?? [message.id],
  })

  const path = pathTo(state.messages, state.leafId)
  const turns = Object.values(state.running)
  const current = turns.find(turn => turn.state === 'running') ?? turns[0]
  const parent = current?.parentId
  const at = parent == null ? -1 : path.findIndex(message => message.id === parent)
  const shown = at === -1 ? path : path.slice(0, at + 1)
  const items = shown.map(item)

  if (current) items.push({ kind: 'turn', key: current.turnId, turn: current })
  for (const { messageId } of state.floating) {
    const message = state.messages[messageId]
    if (message) items.push(item(message))
  }
  if (!current) items.push(...failuresAt(state, shown.at(-1)))
  return items
}

const placeOf = (message: Message): string => `${message.parentId} ${message.role}`

/**
 * The versions at each place of the tree: what the server named, and what is known beside it, since a message that has
 * just come says nothing of its siblings and those that were there do not know it yet. UUIDv7s sort by age.
 */
function versionsOf(messages: ConversationState['messages']): Map<string, string[]> {
  const places = new Map<string, Set<string>>()
  for (const message of Object.values(messages)) {
    const place = places.get(placeOf(message)) ?? new Set()
    places.set(placeOf(message), place.add(message.id))
    for (const id of message.siblingIds ?? []) place.add(id)
  }
  return new Map([...places].map(([place, ids]) => [place, ids.size > 1 ? [...ids].toSorted() : [...ids]]))
}

function failuresAt(state: ConversationState, last: Message | undefined): VisibleItem[] {
  if (last?.role !== 'user') return []
  const failed = Object.values(state.ended).findLast(
    turn => turn.end === 'failed' && (turn.parentId === last.id || turn.turnId === last.turnId),
  )
  return failed ? [{ kind: 'failure', key: failed.turnId, turn: failed }] : []
}

/** The earliest shown message that has a parent which is not loaded; null when all is there. */
export function olderThan(state: ConversationState): string | null {
  return pathTo(state.messages, state.leafId)[0]?.parentId ?? null
}
