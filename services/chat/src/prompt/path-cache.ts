import { estimateTokens } from '@luna/models'
import { LRUCache } from 'lru-cache'

/** One message on the way from the root to a leaf, opened. */
export interface PathMessage {
  id: string
  parentId: string | null
  role: 'user' | 'assistant' | 'system'
  text: string
  /** Estimated. */
  tokens: number
}

/** The newest messages above a leaf, oldest first; `complete` when the first one is a root. */
export interface Path {
  messages: readonly PathMessage[]
  complete: boolean
}

/**
 * Paths by their leaf. Messages never change, so a path never goes stale; what is deleted is dropped by conversation.
 * Holds opened text in memory only, for conversations in use.
 */
export interface PathCache {
  get(conversationId: string, leafId: string): Path | undefined
  set(conversationId: string, leafId: string, path: Path): void
  /** A message was added below `parentId`: the path to it follows from the path to its parent, if that is known. */
  extend(conversationId: string, parentId: string | null, message: Added, known?: Path): void
  drop(conversationId: string): void
}

export interface Added {
  id: string
  role: PathMessage['role']
  text: string
}

const maxCharacters = 64 * 1024 * 1024

const sizeOf = (path: Path): number => 200 + path.messages.reduce((sum, message) => sum + message.text.length + 200, 0)

/** The newest messages up to the first that is beyond so many tokens, that one among them: what is left out of a prompt is known. */
function newest(path: Path, maxTokens: number): Path {
  let tokens = 0
  let from = path.messages.length
  while (from > 0 && tokens <= maxTokens) {
    from -= 1
    tokens += path.messages[from]?.tokens ?? 0
  }
  return from === 0 ? path : { messages: path.messages.slice(from), complete: false }
}

/** @param maxTokens of one path; more than any prompt can hold */
export function createPathCache(maxTokens: number): PathCache {
  const cache = new LRUCache<string, { leafId: string; path: Path }>({
    max: 5_000,
    maxSize: maxCharacters,
    ttl: 30 * 60_000,
    sizeCalculation: ({ path }) => sizeOf(path),
  })
  const get: PathCache['get'] = (conversationId, leafId) => {
    const found = cache.get(conversationId)
    return found?.leafId === leafId ? found.path : undefined
  }
  const set: PathCache['set'] = (conversationId, leafId, path) => void cache.set(conversationId, { leafId, path })
  return {
    get,
    set,
    extend(conversationId, parentId, { id, role, text }, known) {
      const base = known ?? (parentId === null ? { messages: [], complete: true } : get(conversationId, parentId))
      if (!base) return
      const messages = [...base.messages, { id, parentId, role, text, tokens: estimateTokens(text) }]
      set(conversationId, id, newest({ messages, complete: base.complete }, maxTokens))
    },
    drop: conversationId => void cache.delete(conversationId),
  }
}
