import type { Conversation } from '@luna/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { toastError } from '../ui/toasts.tsx'

/** The person's conversations, last used first, page after page. */
export function useConversations() {
  const query = useInfiniteQuery({
    queryKey: ['conversations'],
    queryFn: ({ pageParam }) => luna.conversations.list({ limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: page => page.nextCursor,
  })
  return { ...query, conversations: query.data?.pages.flatMap(page => page.items) ?? [] }
}

/** Changes that the list shows at once when they are stored. */
export function useConversationChanges() {
  const queries = useQueryClient()
  const settled = (id: string) => {
    void queries.invalidateQueries({ queryKey: ['conversations'] })
    void queries.invalidateQueries({ queryKey: ['conversation', id] })
  }
  const update = useMutation({
    mutationFn: ({ id, ...changes }: { id: string; title?: string; tags?: string[] }) =>
      luna.conversations.update(id, changes),
    onSuccess: (conversation: Conversation) => settled(conversation.id),
    onError: toastError,
  })
  const remove = useMutation({
    mutationFn: (id: string) => luna.conversations.remove(id),
    onSuccess: (_, id) => {
      queries.removeQueries({ queryKey: ['conversation', id] })
      void queries.invalidateQueries({ queryKey: ['conversations'] })
    },
    onError: toastError,
  })
  return { update, remove }
}
