import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'

const words = strings.moderation

/** The audit chain, newest first, and whether it is as it was written. */
export function Audit() {
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['moderation', 'audit'],
    queryFn: ({ pageParam }) => luna.moderation.audit({ limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: page => page.nextCursor,
    retry: 0,
  })
  const verification = useMutation({ mutationFn: () => luna.moderation.verifyAudit(), onError: toastError })
  if (error)
    return (
      <p role="alert" className="text-soft">
        {words.forbidden}
      </p>
    )
  const found = verification.data
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center gap-4">
        <button
          type="button"
          className="btn-quiet"
          disabled={verification.isPending}
          onClick={() => verification.mutate()}
        >
          {words.verify}
        </button>
        <div role="status" className="text-sm">
          {found && found.faults.length === 0 && words.whole(found.entries)}
          {found && found.faults.length > 0 && (
            <>
              <p className="font-medium text-danger">{words.faulty(found.faults.length)}</p>
              <ul>
                {found.faults.slice(0, 20).map(({ n, fault }) => (
                  <li key={`${n} ${fault}`}>
                    {words.entry(n)}: {words.fault[fault]}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
      <ol className="divide-y divide-line text-sm">
        {data?.pages
          .flatMap(page => page.items)
          .map(({ n, at, kind, body, hash }) => (
            <li key={n} className="grid grid-cols-[3.5rem_1fr] gap-x-3 py-3">
              <span className="text-faint tabular-nums">{n}</span>
              <div className="min-w-0">
                <p>
                  <span className="font-medium">{kind}</span>{' '}
                  <time dateTime={at} className="text-soft">
                    {new Date(at).toLocaleString()}
                  </time>
                </p>
                <p className="text-soft break-words">
                  {Object.entries(body)
                    .map(
                      ([name, value]) =>
                        `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
                    )
                    .join(' · ')}
                </p>
                <code className="text-xs text-faint">{hash.slice(0, 16)}</code>
              </div>
            </li>
          ))}
      </ol>
      {hasNextPage && (
        <button type="button" className="btn-quiet mt-4 w-full" onClick={() => void fetchNextPage()}>
          {words.more}
        </button>
      )}
    </>
  )
}
