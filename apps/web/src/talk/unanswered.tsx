import type { Message } from '@luna/contracts'
import { useQuery } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { FailurePanel } from './failure.tsx'

/** Below a last message without an answer: asks whether its turn has failed, and says so if it has. */
export function Unanswered({ message, turnId }: { message: Message; turnId: string }) {
  const { data: turn } = useQuery({
    queryKey: ['turn', turnId],
    queryFn: () => luna.turns.get(turnId),
    staleTime: 0,
  })
  if (turn?.state !== 'failed') return null
  return <FailurePanel reason={turn.error?.message} asked={message} />
}
