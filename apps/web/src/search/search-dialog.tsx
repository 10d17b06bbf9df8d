import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Dialog } from '../ui/dialog.tsx'
import { excerpt } from './excerpt.ts'

/** Full text over all of the person's messages; arrows and Enter, or a click, lead there. */
export function SearchDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <Dialog open={open} onClose={onClose} title={strings.search.title} wide>
      <Search onClose={onClose} />
    </Dialog>
  )
}

function Search({ onClose }: { onClose(): void }) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const q = useSettled(useDeferredValue(typed.trim()))
  const navigate = useNavigate()
  const { data, isFetching, error } = useQuery({
    queryKey: ['search', q],
    queryFn: () => luna.search(q, { limit: 20 }),
    enabled: q !== '',
    placeholderData: previous => previous,
  })
  const hits = q === '' ? [] : (data?.items ?? [])
  const go = (index: number) => {
    const hit = hits[index]
    if (!hit) return
    onClose()
    const { conversationId, id } = hit.message
    void navigate({ to: '/c/$conversationId', params: { conversationId }, search: { m: id } })
  }
  const words = strings.search

  return (
    <div>
      <input
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type into it.
        autoFocus
        className="field"
        type="search"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={hits[at] ? `hit-${at}` : undefined}
        aria-label={words.placeholder}
        placeholder={words.placeholder}
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={event => {
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, hits.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
          else if (event.key === 'Enter') go(at)
          else return
          event.preventDefault()
        }}
      />
      <p role="status" className="px-1 py-3 text-xs text-faint">
        {error
          ? error.message
          : q === ''
            ? words.hint
            : isFetching && hits.length === 0
              ? '…'
              : hits.length === 0
                ? words.none
                : words.results(hits.length)}
      </p>
      <div id="search-hits" role="listbox" aria-label={words.title} className="space-y-1">
        {hits.map(({ message, conversationTitle }, index) => (
          <button
            key={message.id}
            id={`hit-${index}`}
            type="button"
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className="block w-full rounded-xl px-3 py-2.5 text-left hover:bg-tint aria-selected:bg-tint"
            onMouseMove={() => setAt(index)}
            onClick={() => go(index)}
          >
            <span className="flex justify-between gap-3 text-xs text-faint">
              <span className="truncate">{conversationTitle || strings.nav.untitled}</span>
              <time dateTime={message.createdAt}>{new Date(message.createdAt).toLocaleDateString()}</time>
            </span>
            <span className="mt-0.5 block text-[0.92rem]">
              {excerpt(message.text, q).map(({ text, hit, key }) =>
                hit ? (
                  <mark key={key} className="rounded bg-[var(--glow)] text-inherit">
                    {text}
                  </mark>
                ) : (
                  <span key={key}>{text}</span>
                ),
              )}
            </span>
          </button>
        ))}
      </div>
    </div>
  )
}

/** The value once it has stood for a moment, so that not every letter asks the server. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 180)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
