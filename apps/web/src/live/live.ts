import type { Connection, ConversationStore, LinkState, Outbox } from '@luna/client'
import type { SafetyCard } from '@luna/contracts'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, use, useSyncExternalStore } from 'react'
import { luna } from '../luna.ts'
import { Value } from './value.ts'

export interface Notice {
  id: number
  code: 'ai-disclosure' | 'break-reminder' | 'degraded'
  text: string
}

const keptStores = 8

/** The live connection of the page, and what everybody looks at through it. */
export interface Live {
  connection: Connection
  state: Value<LinkState>
  pending: Value<Outbox>
  cards: Value<readonly SafetyCard[]>
  notices: Value<readonly Notice[]>
  /** The conversation as it changes; the last few stay warm. */
  store(conversationId: string): ConversationStore
  close(): void
}

export function openLive(queries: QueryClient): Live {
  const connection = luna.connect()
  const stores = new Map<string, ConversationStore>()
  const state = new Value<LinkState>(connection.state)
  const pending = new Value<Outbox>(connection.pending)
  const cards = new Value<readonly SafetyCard[]>([])
  const notices = new Value<readonly Notice[]>([])
  let lastNotice = 0

  const storeOf = (conversationId: string): ConversationStore => {
    const store = stores.get(conversationId) ?? luna.watch(connection, conversationId)
    stores.delete(conversationId)
    stores.set(conversationId, store)
    for (const [id, old] of stores) {
      if (stores.size <= keptStores) break
      stores.delete(id)
      old.close()
    }
    return store
  }

  connection.on('state', state.set)
  // A new conversation is followed from its first frame on, before the page has turned to it.
  connection.on('accepted', ({ send, frame }) => storeOf(frame.conversationId).sent(send, frame))
  connection.on('pending', pending.set)
  connection.on('frame', frame => {
    if (frame.type === 'safety.card') {
      const { type: _type, ...card } = frame
      cards.set([...cards.now.filter(({ id }) => id !== card.id), card])
    } else if (frame.type === 'notice') {
      const { code, text } = frame
      notices.set([...notices.now.filter(notice => notice.code !== code), { id: ++lastNotice, code, text }])
    } else if (frame.type === 'accepted' || frame.type === 'turn.completed') {
      void queries.invalidateQueries({ queryKey: ['conversations'] })
    } else if (frame.type === 'changed' && frame.what === 'conversation') {
      void queries.invalidateQueries({ queryKey: ['conversations'] })
      void queries.invalidateQueries({ queryKey: ['conversation', frame.id] })
    } else if (frame.type === 'changed' && frame.what === 'character') {
      void queries.invalidateQueries({ queryKey: ['characters'] })
      void queries.invalidateQueries({ queryKey: ['character', frame.id] })
    } else if (frame.type === 'changed' && frame.what === 'mood') {
      void queries.invalidateQueries({ queryKey: ['mood', frame.id] })
    }
  })

  return {
    connection,
    state,
    pending,
    cards,
    notices,
    store: storeOf,
    close: () => {
      for (const store of stores.values()) store.close()
      connection.close()
    },
  }
}

export const LiveContext = createContext<Live | null>(null)

export function useLive(): Live {
  const live = use(LiveContext)
  if (!live) throw new Error('useLive is only for what stands inside SessionGate')
  return live
}

export const useValue = <Held>(value: Value<Held>): Held => useSyncExternalStore(value.subscribe, () => value.now)
