import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { luna } from '../luna.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { strings } from '../strings.ts'
import { Bubble } from './bubble.tsx'
import { TalkHeader } from './talk-header.tsx'
import { useTalkData } from './use-talk-data.ts'

interface PeekProps {
  conversationId: string
  messageId: string
}

/** A found message in its surroundings, on whatever branch and however far back it is; to read, not to change. */
export function Peek({ conversationId, messageId }: PeekProps) {
  const { conversation, nameOf } = useTalkData(conversationId)
  const { data, error } = useQuery({
    queryKey: ['peek', conversationId, messageId],
    queryFn: () => luna.conversations.messages(conversationId, { leaf: messageId, limit: 40 }),
  })
  const messages = data?.items ?? []
  useEffect(() => {
    if (data) document.getElementById(`m-${messageId}`)?.scrollIntoView({ block: 'center' })
  }, [data, messageId])

  return (
    <>
      <TalkHeader conversation={conversation.data} />
      <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b border-line bg-tint px-4 py-2 text-sm text-soft">
        {strings.talk.peek}
        <Link
          to="/c/$conversationId"
          params={{ conversationId }}
          search={{}}
          className="text-accent underline underline-offset-4"
        >
          {strings.talk.backToNow}
        </Link>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <div
        className="min-h-0 flex-1 overflow-y-auto"
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={strings.talk.log}
      >
        <div className="mx-auto w-full max-w-3xl space-y-8 px-5 py-8 sm:px-8">
          {error && <p role="alert">{error.message}</p>}
          {messages.map(message => (
            <article
              key={message.id}
              id={`m-${message.id}`}
              aria-label={message.role === 'user' ? strings.talk.you : nameOf(message.characterId)}
              className={message.id === messageId ? '-mx-4 rounded-2xl px-4 py-3 ring-2 ring-accent' : ''}
            >
              {message.role === 'user' ? (
                <Bubble text={message.text} />
              ) : (
                <div className="voice prose">
                  <Markdown text={message.text} />
                </div>
              )}
            </article>
          ))}
        </div>
      </div>
    </>
  )
}
