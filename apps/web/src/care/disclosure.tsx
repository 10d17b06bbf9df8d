import { useQuery } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'

/** Said before first use, where somebody signs in: that an AI answers here. */
export function Disclosure() {
  const { data } = useQuery({ queryKey: ['care', 'disclosure'], queryFn: () => luna.care.disclosure(), retry: 1 })
  return (
    <p className="mt-6 text-center text-sm leading-relaxed text-balance text-soft">
      {data?.text ?? strings.moderation.care.lead}{' '}
      <a href="/safety" className="underline underline-offset-4">
        {strings.moderation.care.nav}
      </a>
    </p>
  )
}
