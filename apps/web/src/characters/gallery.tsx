import type { Character, Facets } from '@luna/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useRef, useState } from 'react'
import { luna } from '../luna.ts'
import { DrawerButton } from '../shell/shell.tsx'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { Avatar } from './avatar.tsx'
import { GenerateDialog } from './generate-dialog.tsx'
import { useImport } from './use-import.ts'

const words = strings.characters
const pageSize = 30
const shownTags = 14

/** Everybody one may talk with, to be searched, made, generated and brought along. */
export default function Gallery() {
  const [typed, setTyped] = useState('')
  const [tags, setTags] = useState<readonly string[]>([])
  const [own, setOwn] = useState(false)
  const [generating, setGenerating] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const q = useDeferredValue(typed.trim())
  const { bring, drop, busy, over, warnings } = useImport()
  const { data, hasNextPage, fetchNextPage, isPending } = useInfiniteQuery({
    queryKey: ['characters', 'search', q, tags, own],
    queryFn: ({ pageParam }) =>
      luna.characters.search({
        ...(q ? { q } : {}),
        tags,
        ...(own ? { own } : {}),
        limit: pageSize,
        ...(pageParam ? { cursor: pageParam } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: page => page.nextCursor,
    placeholderData: before => before,
  })
  const items = data?.pages.flatMap(page => page.items) ?? []
  const facets = data?.pages[0]?.facets
  const toggle = (tag: string) => setTags(tags.includes(tag) ? tags.filter(one => one !== tag) : [...tags, tag])

  return (
    <section aria-label={words.title} className="relative flex min-h-0 flex-1 flex-col" {...drop}>
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2.5 sm:px-5">
        <DrawerButton />
        <h1 className="voice min-w-0 flex-1 text-xl font-semibold">{words.title}</h1>
        <input
          ref={input}
          type="file"
          multiple
          accept=".png,.apng,.json,.charx,image/png,application/json"
          className="hidden"
          aria-label={words.import}
          onChange={event => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            if (files.length > 0) void bring(files)
          }}
        />
        <button type="button" className="btn-quiet" disabled={busy} onClick={() => input.current?.click()}>
          <Icon name="download" size={17} />
          {busy ? words.importing : words.import}
        </button>
        <button type="button" className="btn-quiet" onClick={() => setGenerating(true)}>
          <Icon name="spark" size={17} />
          {words.generate}
        </button>
        <Link to="/characters/new" className="btn-primary">
          <Icon name="plus" size={17} />
          {words.create}
        </Link>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-6xl px-4 py-5 sm:px-6">
          <input
            type="search"
            className="field"
            placeholder={words.search}
            aria-label={words.search}
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
          <Filters facets={facets} tags={tags} own={own} onTag={toggle} onOwn={() => setOwn(!own)} />
          {warnings.length > 0 && (
            <div role="status" className="mt-4 rounded-2xl bg-tint p-4 text-sm">
              <p className="font-medium">{words.importNotes}</p>
              <ul className="mt-1 list-disc pl-5 text-soft">
                {warnings.map(note => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </div>
          )}
          <p role="status" className="mt-4 mb-3 text-sm text-faint">
            {isPending ? '' : items.length === 0 ? words.none : words.results(data?.pages[0]?.total ?? 0)}
          </p>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-3">
            {items.map(character => (
              <Tile key={character.id} character={character} />
            ))}
          </ul>
          {hasNextPage && (
            <button type="button" className="btn-quiet mx-auto mt-5 flex" onClick={() => void fetchNextPage()}>
              {words.more}
            </button>
          )}
        </div>
      </div>
      {over && (
        <div className="pointer-events-none absolute inset-3 z-30 grid place-items-center rounded-3xl border-2 border-dashed border-accent bg-raised/90">
          <p className="voice text-lg">{words.drop}</p>
        </div>
      )}
      <GenerateDialog open={generating} onClose={() => setGenerating(false)} />
    </section>
  )
}

interface FiltersProps {
  facets: Facets | undefined
  tags: readonly string[]
  own: boolean
  onTag(tag: string): void
  onOwn(): void
}

function Filters({ facets, tags, own, onTag, onOwn }: FiltersProps) {
  const chip =
    'inline-flex items-center gap-1.5 rounded-full border border-line px-3 py-1 text-sm text-soft transition-colors hover:border-edge aria-pressed:border-accent aria-pressed:bg-tint aria-pressed:text-ink'
  const offered = [...new Set([...tags, ...(facets?.tags.map(({ value }) => value) ?? [])])].slice(0, shownTags)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is seen.
    <div role="group" aria-label={words.filters} className="mt-3 flex flex-wrap gap-2">
      <button type="button" className={chip} aria-pressed={own} onClick={onOwn}>
        {words.own}
      </button>
      {offered.map(tag => (
        <button key={tag} type="button" className={chip} aria-pressed={tags.includes(tag)} onClick={() => onTag(tag)}>
          {tag}
          <span className="text-xs text-faint">{facets?.tags.find(({ value }) => value === tag)?.count ?? ''}</span>
        </button>
      ))}
    </div>
  )
}

function Tile({ character }: { character: Character }) {
  return (
    <li>
      <Link
        to="/characters/$characterId"
        params={{ characterId: character.id }}
        className="panel flex h-full gap-3 overflow-hidden p-3 transition-colors hover:border-edge hover:bg-tint"
      >
        <Avatar character={character} className="h-24 w-18 shrink-0 rounded-xl" />
        <span className="min-w-0 flex-1">
          <span className="voice block truncate font-semibold">{character.name}</span>
          <span className="line-clamp-3 text-sm text-soft">{character.description}</span>
          {character.tags.length > 0 && (
            <span className="mt-1 block truncate text-xs text-faint">{character.tags.slice(0, 4).join(' · ')}</span>
          )}
        </span>
      </Link>
    </li>
  )
}
