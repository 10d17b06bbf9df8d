import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'

/** The way to the review queue, for moderators alone. */
export function ReviewLink({ onChoose }: { onChoose(): void }) {
  const { data } = useQuery({ queryKey: ['me'], queryFn: () => luna.me.get(), staleTime: 60_000 })
  if (!data?.roles?.includes('moderator')) return null
  return (
    <Link
      to="/review"
      onClick={onChoose}
      className="flex items-center gap-2.5 rounded-xl px-2.5 py-2 text-sm text-soft transition-colors hover:bg-tint hover:text-ink aria-[current=page]:bg-tint"
    >
      <Icon name="check" size={18} />
      {strings.moderation.nav}
    </Link>
  )
}
