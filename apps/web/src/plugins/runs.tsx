import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'

const words = strings.plugins

/** Every execution, newest first: what ran, with what, and how it ended. */
export function Runs() {
  const queries = useQueryClient()
  const { data, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['plugins', 'runs'],
    queryFn: ({ pageParam }) => luna.plugins.runs(pageParam ? { cursor: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: page => page.nextCursor,
  })
  const cancel = useMutation({
    mutationFn: (runId: string) => luna.plugins.cancelRun(runId),
    onError: toastError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['plugins', 'runs'] }),
  })
  const runs = data?.pages.flatMap(page => page.items) ?? []
  if (!isPending && runs.length === 0) return <p className="py-8 text-faint">{words.runsNone}</p>
  return (
    <>
      <ul className="divide-y divide-line">
        {runs.map(run => (
          <li key={run.id} className="py-3 text-sm">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <strong className="font-medium">
                {run.pluginId} · {run.action}
              </strong>
              <span className={run.status === 'done' ? 'text-soft' : 'text-danger'}>{words.status[run.status]}</span>
              <span className="text-faint">{words.origin[run.origin]}</span>
              <time className="ml-auto text-xs text-faint" dateTime={run.startedAt}>
                {new Date(run.startedAt).toLocaleString()}
                {run.durationMs !== null && ` · ${run.durationMs} ms`}
              </time>
            </p>
            <code className="mt-1 block truncate text-xs text-faint">{run.arguments}</code>
            {run.error && <p className="mt-1 text-xs text-danger">{run.error}</p>}
            {run.files.map(file => (
              <a
                key={file.name}
                className="mr-3 text-xs text-accent underline"
                href={`/api/v1/plugins/runs/${run.id}/files/${encodeURIComponent(file.name)}`}
                target="_blank"
                rel="noreferrer"
              >
                {file.name}
              </a>
            ))}
            {run.status === 'running' && (
              <button type="button" className="btn-quiet mt-1 py-1 text-xs" onClick={() => cancel.mutate(run.id)}>
                {words.cancel}
              </button>
            )}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="btn-quiet mt-3 w-full" onClick={() => void fetchNextPage()}>
          {strings.nav.more}
        </button>
      )}
    </>
  )
}
