/**
 * One thing the person said or asked for that the server has not accepted yet. The id is made by the client and never
 * changes, so that it is one turn however often it is sent.
 */
export interface PendingSend {
  id: string
  kind: 'send' | 'regenerate'
  /** Sends of one lane go out one after the other: the conversation, or the first send of a conversation to be made. */
  lane: string
  text: string
  conversationId?: string
  characterId?: string
  parentId?: string
  private?: boolean
  attachments?: { id: string }[]
  /** The message to answer again (`regenerate`). */
  messageId?: string
  /** Whose it is: it is never sent for somebody else who signs in later. */
  userId?: string
  /** ISO 8601, by this machine's clock. */
  createdAt: string
}

export type Outbox = readonly PendingSend[]

/** The next of each lane, if it belongs to `userId`. */
export function nextSends(outbox: Outbox, userId: string): PendingSend[] {
  const busy = new Set<string>()
  return outbox.filter(send => {
    if (send.userId !== undefined && send.userId !== userId) return false
    if (busy.has(send.lane)) return false
    busy.add(send.lane)
    return true
  })
}

/** Takes an accepted send out; what waited for its new conversation now goes there. */
export function acceptSend(outbox: Outbox, id: string, conversationId: string): Outbox {
  const accepted = outbox.find(send => send.id === id)
  if (!accepted) return outbox
  return removeSend(outbox, id).map(send =>
    send.lane === accepted.lane ? { ...send, lane: conversationId, conversationId } : send,
  )
}

/** Takes a refused or withdrawn send out. If it was to make a conversation, the next of its lane makes it. */
export const removeSend = (outbox: Outbox, id: string): Outbox => outbox.filter(send => send.id !== id)

/** Sends without an owner, made before anybody was known, become `userId`'s. */
export const ownSends = (outbox: Outbox, userId: string): Outbox =>
  outbox.map(send => (send.userId === undefined ? { ...send, userId } : send))

/** Two views of one outbox as one, by id, in the order they were made. */
export function mergeSends(stored: Outbox, held: Outbox): Outbox {
  const known = new Set(held.map(send => send.id))
  return [...stored.filter(send => !known.has(send.id)), ...held].toSorted((a, b) =>
    a.createdAt === b.createdAt ? compare(a.id, b.id) : compare(a.createdAt, b.createdAt),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
