import { useParams, useSearch } from '@tanstack/react-router'
import { Peek } from './peek.tsx'
import { Talk } from './talk.tsx'

export function TalkPage() {
  const { conversationId } = useParams({ from: '/inside/c/$conversationId' })
  const { m } = useSearch({ from: '/inside/c/$conversationId' })
  return m ? (
    <Peek key={m} conversationId={conversationId} messageId={m} />
  ) : (
    <Talk key={conversationId} conversationId={conversationId} />
  )
}
