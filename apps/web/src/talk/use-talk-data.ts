import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'

/** A conversation's own facts, and how its speakers are called. */
export function useTalkData(conversationId: string) {
  const conversation = useQuery({
    queryKey: ['conversation', conversationId],
    queryFn: () => luna.conversations.get(conversationId),
  })
  const { data: characters } = useQuery({
    queryKey: ['characters'],
    queryFn: () => luna.characters.list({ limit: 50 }),
  })
  const only = conversation.data?.characterIds[0]
  // A list has its end; the one of this talk must be known whatever it is.
  const { data: companion } = useQuery({
    queryKey: ['character', only],
    queryFn: () => luna.characters.get(only ?? ''),
    enabled: only !== undefined,
  })
  const nameOf = useCallback(
    (characterId: string | undefined) =>
      [...(characters?.items ?? []), ...(companion ? [companion] : [])].find(({ id }) => id === (characterId ?? only))
        ?.name ?? strings.talk.companion,
    [characters, companion, only],
  )
  return { conversation, nameOf }
}
