import { LunaError } from '@luna/contracts'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { luna } from '../luna.ts'
import { DrawerButton } from '../shell/shell.tsx'
import { strings } from '../strings.ts'
import { Audit } from './audit.tsx'
import { ReviewEntry } from './review-entry.tsx'

const words = strings.moderation
type Tab = 'queue' | 'audit'

/** The review queue and the audit, for moderators. */
export default function ReviewPage() {
  const [tab, setTab] = useState<Tab>('queue')
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-3 sm:px-5">
        <DrawerButton />
        <h1 className="px-1 font-medium">{words.title}</h1>
        <div role="tablist" aria-label={words.title} className="ml-auto flex gap-1">
          {(['queue', 'audit'] as const).map(name => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls="review-panel"
              className="rounded-full px-4 py-1.5 text-sm text-soft transition-colors hover:bg-tint hover:text-ink aria-selected:bg-tint aria-selected:text-ink"
              onClick={() => setTab(name)}
            >
              {words[name]}
            </button>
          ))}
        </div>
      </header>
      <div id="review-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl px-5 py-8">{tab === 'queue' ? <Queue /> : <Audit />}</div>
      </div>
    </>
  )
}

export const queueKey = ['moderation', 'queue']

function Queue() {
  const queries = useQueryClient()
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: queueKey,
    queryFn: ({ pageParam }) => luna.moderation.queue({ limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: page => page.nextCursor,
    retry: 0,
  })
  if (error)
    return (
      <p role="alert" className="text-soft">
        {LunaError.from(error).code === 'forbidden' ? words.forbidden : LunaError.from(error).message}
      </p>
    )
  if (isPending) return <p className="text-soft">{strings.boot.waking}</p>
  const items = data.pages.flatMap(page => page.items)
  if (items.length === 0) return <p className="py-16 text-center text-soft">{words.none}</p>
  return (
    <>
      <p className="mb-5 text-sm text-soft">{words.claimHint}</p>
      <ul className="space-y-3">
        {items.map(item => (
          <li key={item.id}>
            <ReviewEntry item={item} onDecided={() => void queries.invalidateQueries({ queryKey: queueKey })} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="btn-quiet mt-4 w-full" onClick={() => void fetchNextPage()}>
          {words.more}
        </button>
      )}
    </>
  )
}
