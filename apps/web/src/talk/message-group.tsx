import type { VisibleItem } from '@luna/client'
import { memo, useEffect, useRef, useState } from 'react'
import { Answer } from './answer.tsx'
import { UserMessage } from './user-message.tsx'

export type MessageItem = Extract<VisibleItem, { kind: 'message' }>

interface GroupProps {
  items: readonly MessageItem[]
  nameOf(characterId: string | undefined): string
  lastKey: string | undefined
  /** The message whose editor is asked for, and a number that rises with each asking. */
  edit: { key: string; count: number } | null
}

/**
 * A stretch of messages that gives up its elements while it is far out of sight and holds their place by its measured
 * height, so that a conversation of ten thousand messages costs what is on the screen.
 */
export const MessageGroup = memo(
  function MessageGroup({ items, nameOf, lastKey, edit }: GroupProps) {
    const box = useRef<HTMLDivElement>(null)
    const [away, setAway] = useState<number | null>(null)

    useEffect(() => {
      const element = box.current
      if (!element) return
      const observer = new IntersectionObserver(
        ([entry]) => entry && setAway(entry.isIntersecting ? null : entry.boundingClientRect.height),
        { root: element.closest('[data-scroller]'), rootMargin: '1800px 0px' },
      )
      observer.observe(element)
      return () => observer.disconnect()
    }, [])

    if (away !== null) return <div ref={box} style={{ height: away }} />
    return (
      <div ref={box} className="message-group space-y-4 pb-4">
        {items.map(({ key, message, ended, siblings }) => (
          <div key={key} id={`m-${message.id}`} className="rounded-xl">
            {message.role === 'user' ? (
              <UserMessage message={message} siblings={siblings} editRequest={edit?.key === key ? edit.count : 0} />
            ) : (
              <Answer
                message={message}
                siblings={siblings}
                ended={ended}
                name={nameOf(message.characterId)}
                last={key === lastKey}
              />
            )}
          </div>
        ))}
      </div>
    )
  },
  (a, b) =>
    a.nameOf === b.nameOf &&
    asFor(a) === asFor(b) &&
    a.items.length === b.items.length &&
    a.items.every((item, i) => isSame(item, b.items[i])),
)

const isSame = (a: MessageItem, b: MessageItem | undefined): boolean =>
  a.message === b?.message && a.ended === b.ended && a.siblings.join() === b.siblings.join()

/** What of the props about single messages concerns this group. */
function asFor({ items, lastKey, edit }: GroupProps): string {
  const last = items.some(({ key }) => key === lastKey) ? lastKey : ''
  const asked = edit && items.some(({ key }) => key === edit.key) ? `${edit.key}${edit.count}` : ''
  return `${last} ${asked}`
}
