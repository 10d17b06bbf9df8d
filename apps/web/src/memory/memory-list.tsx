import type { MemoryKind } from '@luna/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { MemoryCard } from './memory-card.tsx'
import { MemoryForm } from './memory-form.tsx'
import { MemorySwitches } from './memory-switches.tsx'

const words = strings.memory
const kinds = Object.keys(words.kinds) as MemoryKind[]

/** What is remembered: searched, added to, and decided about one by one. */
export function MemoryList() {
  const [typed, setTyped] = useState('')
  const [kind, setKind] = useState<MemoryKind | ''>('')
  const [adding, setAdding] = useState(false)
  const q = useDeferredValue(typed.trim())
  const list = useInfiniteQuery({
    queryKey: ['memories', q, kind],
    queryFn: ({ pageParam }) =>
      luna.memories.list({
        limit: 50,
        ...(q ? { q } : {}),
        ...(kind ? { kind } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: page => page.nextCursor,
    placeholderData: before => before,
  })
  const items = list.data?.pages.flatMap(page => page.items) ?? []

  return (
    <div className="space-y-5">
      <MemorySwitches />
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="search"
          className="field min-w-48 flex-1"
          aria-label={words.search}
          placeholder={words.searchHint}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
        <select
          className="field w-auto"
          aria-label={words.kind}
          value={kind}
          onChange={event => setKind(event.target.value as MemoryKind | '')}
        >
          <option value="">{words.allKinds}</option>
          {kinds.map(each => (
            <option key={each} value={each}>
              {words.kinds[each]}
            </option>
          ))}
        </select>
        <button type="button" className="btn-primary" onClick={() => setAdding(true)}>
          <Icon name="plus" size={18} />
          {words.add}
        </button>
      </div>
      {list.isError && (
        <p role="alert" className="text-sm text-danger">
          {words.failed}
        </p>
      )}
      <ul className="space-y-3" aria-live="polite">
        {items.map(memory => (
          <MemoryCard key={memory.id} memory={memory} />
        ))}
      </ul>
      {list.isSuccess && items.length === 0 && (
        <p className="voice py-8 text-center text-faint">{q || kind ? words.noMatch : words.none}</p>
      )}
      {list.hasNextPage && (
        <button type="button" className="btn-quiet w-full" onClick={() => void list.fetchNextPage()}>
          {words.more}
        </button>
      )}
      <MemoryForm open={adding} memory={null} onClose={() => setAdding(false)} />
    </div>
  )
}
