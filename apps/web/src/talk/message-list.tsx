import { type ConversationState, type ConversationStore, memoVisible } from '@luna/client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { chunk } from './chunks.ts'
import { Failure } from './failure.tsx'
import { MessageGroup, type MessageItem } from './message-group.tsx'
import { Notices } from './notices.tsx'
import { RunningAnswer } from './running-answer.tsx'
import { SafetyCards } from './safety-cards.tsx'
import { Unanswered } from './unanswered.tsx'
import { useScroll } from './use-scroll.ts'

const words = strings.talk
const groupSize = 20

interface MessageListProps {
  store: ConversationStore
  state: ConversationState
  nameOf(characterId: string | undefined): string
  edit: { key: string; count: number } | null
  /** Above the first message of all. */
  head?: ReactNode
  /** What is not accepted yet, below all else. */
  children: ReactNode
}

/** The messages, oldest on top; older pages are loaded as the reader goes up. */
export function MessageList({ store, state, nameOf, edit, head, children }: MessageListProps) {
  const [visible] = useState(memoVisible)
  const items = visible(state)
  const tail = items.findIndex(item => item.kind !== 'message')
  const settled = (tail === -1 ? items : items.slice(0, tail)) as MessageItem[]
  const rest = tail === -1 ? [] : items.slice(tail)
  const [anchor, setAnchor] = useState<string | null>(null)
  const first = settled[0]?.key ?? null
  const standing = settled.some(item => item.key === anchor) ? anchor : first
  if (standing !== anchor) setAnchor(standing)
  const groups = chunk(settled, standing, groupSize)
  const last = tail === -1 ? settled.at(-1)?.message : undefined
  const lastKey = tail === -1 ? settled.at(-1)?.key : undefined
  const { scroller, content, atEnd, toEnd } = useScroll(first)

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        data-scroller
        role="log"
        aria-label={words.log}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="h-full overflow-y-auto overscroll-contain -outline-offset-2"
      >
        <div ref={content} className="mx-auto w-full max-w-3xl px-5 pt-6 pb-4 sm:px-8">
          {state.loaded && <Older store={store} hasOlder={store.hasOlder} empty={items.length === 0} />}
          {state.loaded && !store.hasOlder && head}
          {groups.map(group => (
            <MessageGroup key={group[0]?.key} items={group} nameOf={nameOf} lastKey={lastKey} edit={edit} />
          ))}
          <div className="space-y-6 empty:hidden">
            {rest.map(item => {
              if (item.kind === 'turn') {
                const turn = state.running[item.key] ?? item.turn
                return <RunningAnswer key={item.key} turn={turn} name={nameOf(turn.characterId ?? undefined)} />
              }
              if (item.kind === 'failure') return <Failure key={item.key} turn={item.turn} state={state} />
              return <MessageGroup key={item.key} items={[item]} nameOf={nameOf} lastKey={undefined} edit={edit} />
            })}
            {last?.role === 'user' && last.turnId && last.version > 0 && (
              <Unanswered key={last.id} message={last} turnId={last.turnId} />
            )}
            {children}
          </div>
          <div className="mt-5 empty:hidden">
            <SafetyCards />
            <Notices />
          </div>
        </div>
      </div>
      {!atEnd && (
        <button
          type="button"
          className="panel shadow-soft absolute bottom-3 left-1/2 grid size-10 -translate-x-1/2 place-items-center rounded-full text-soft hover:text-ink"
          aria-label={words.latest}
          title={words.latest}
          onClick={toEnd}
        >
          <Icon name="arrowDown" />
        </button>
      )}
    </div>
  )
}

function Older({ store, hasOlder, empty }: { store: ConversationStore; hasOlder: boolean; empty: boolean }) {
  const line = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    const element = line.current
    if (!element || !hasOlder || failed) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) store.loadOlder().catch(() => setFailed(true))
      },
      { root: element.closest('[data-scroller]'), rootMargin: '900px 0px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  })

  return (
    <div ref={line} className="pb-5 text-center text-xs text-faint">
      {failed ? (
        <button type="button" className="text-accent underline" onClick={() => setFailed(false)}>
          {words.olderFailed}
        </button>
      ) : hasOlder ? (
        words.older
      ) : empty ? (
        ''
      ) : (
        words.beginning
      )}
    </div>
  )
}
