import type { JournalEntry } from '@luna/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Confirm } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { toastError } from '../ui/toasts.tsx'

const words = strings.memory.journal

/** What was written, latest first. */
export function JournalEntries() {
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const [removing, setRemoving] = useState<JournalEntry | null>(null)
  const q = useDeferredValue(typed.trim())
  const list = useInfiniteQuery({
    queryKey: ['journal', 'list', q],
    queryFn: ({ pageParam }) =>
      luna.journal.list({ limit: 30, ...(q ? { q } : {}), ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: page => page.nextCursor,
    placeholderData: before => before,
  })
  const remove = useMutation({
    mutationFn: (id: string) => luna.journal.remove(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['journal'] }),
    onError: toastError,
  })
  const entries = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <section className="space-y-4">
      {(entries.length > 0 || q) && (
        <input
          type="search"
          className="field"
          aria-label={words.search}
          placeholder={words.search}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      )}
      {list.isSuccess && entries.length === 0 && <p className="voice py-6 text-center text-faint">{words.none}</p>}
      <ul className="space-y-4">
        {entries.map(entry => (
          <li key={entry.id} className="border-l-2 border-line pl-4">
            <div className="flex items-center gap-3 text-xs text-faint">
              <time dateTime={entry.createdAt}>{new Date(entry.createdAt).toLocaleString()}</time>
              {entry.mood && (
                <span className="rounded-full bg-tint px-2 py-0.5 text-soft">{words.moods[entry.mood - 1]}</span>
              )}
              {entry.tags.length > 0 && <span>{entry.tags.join(' · ')}</span>}
              <button
                type="button"
                className="icon-btn-small ml-auto"
                aria-label={words.remove}
                onClick={() => setRemoving(entry)}
              >
                <Icon name="trash" size={16} />
              </button>
            </div>
            {entry.prompt && <p className="mt-1 text-sm text-soft">{entry.prompt}</p>}
            <p className="voice mt-1 wrap-anywhere whitespace-pre-wrap">{entry.text}</p>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className="btn-quiet w-full" onClick={() => void list.fetchNextPage()}>
          {strings.memory.more}
        </button>
      )}
      <Confirm
        open={removing !== null}
        title={words.removeTitle}
        body={words.removeBody}
        action={words.remove}
        onConfirm={() => removing && remove.mutate(removing.id)}
        onClose={() => setRemoving(null)}
      />
    </section>
  )
}
