import { useQuery } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { Avatar } from './avatar.tsx'
import { plain } from './plain.ts'

/** The first words of a character, above the first message; in the prompt they stand there too. */
export function Greeting({ characterId }: { characterId: string }) {
  const { data } = useQuery({ queryKey: ['character', characterId], queryFn: () => luna.characters.get(characterId) })
  const greeting = data?.sheet?.greeting
  if (!data || !greeting) return null
  return (
    <div className="mb-6 flex gap-3">
      <Avatar character={data} className="size-9 shrink-0 rounded-full" />
      <p className="voice whitespace-pre-wrap">{plain(greeting, data.name)}</p>
    </div>
  )
}
