import type { ConversationState, ConversationStore } from '@luna/client'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useLive } from './live.ts'

/** The conversation's state, at most once a frame however fast the text comes. */
export function useConversation(conversationId: string): { store: ConversationStore; state: ConversationState } {
  const live = useLive()
  const store = useMemo(() => live.store(conversationId), [live, conversationId])
  const subscribe = useCallback((listener: () => void) => oncePerFrame(store, listener), [store])
  return { store, state: useSyncExternalStore(subscribe, () => store.state) }
}

function oncePerFrame(store: ConversationStore, listener: () => void): () => void {
  let frame: number | null = null
  const off = store.onChange(() => {
    if (document.hidden) return listener()
    frame ??= requestAnimationFrame(() => {
      frame = null
      listener()
    })
  })
  return () => {
    off()
    if (frame !== null) cancelAnimationFrame(frame)
  }
}
