import { LunaError } from '@luna/contracts'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Greeting } from '../characters/greeting.tsx'
import { useLive, useValue } from '../live/live.ts'
import { useConversation } from '../live/use-conversation.ts'
import { preloadMarkdown } from '../markdown/markdown.tsx'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'
import { Announcer } from './announcer.tsx'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { PendingMessage } from './pending-message.tsx'
import { TalkContext, talkActions } from './talk-actions.ts'
import { TalkHeader } from './talk-header.tsx'
import { useTalkData } from './use-talk-data.ts'

const typingEveryMs = 3_000

/** One conversation, live. */
export function Talk({ conversationId }: { conversationId: string }) {
  const live = useLive()
  const { store, state } = useConversation(conversationId)
  const { conversation, nameOf } = useTalkData(conversationId)
  const pending = useValue(live.pending).filter(send => send.conversationId === conversationId && send.kind === 'send')
  const actions = useMemo(() => talkActions(store, live.connection), [store, live])
  const [edit, setEdit] = useState<{ key: string; count: number } | null>(null)
  const lastTyping = useRef(0)
  useEffect(preloadMarkdown, [])

  const name = nameOf(undefined)
  const only = conversation.data?.characterIds[0]
  const running = Object.values(state.running)
  const current = running.find(turn => turn.state === 'running') ?? running[0]
  const mine = lastUserOf(state)

  if (conversation.error && LunaError.from(conversation.error).code === 'not-found') {
    return (
      <div className="grid flex-1 place-items-center p-6 text-center">
        <div>
          <p className="voice mb-4">{strings.talk.missing}</p>
          <Link to="/" className="btn-quiet">
            {strings.talk.goHome}
          </Link>
        </div>
      </div>
    )
  }

  const send = (text: string): boolean => {
    try {
      live.connection.send({ conversationId, text })
      return true
    } catch (error) {
      toastError(error)
      return false
    }
  }
  const typing = () => {
    if (Date.now() - lastTyping.current < typingEveryMs) return
    lastTyping.current = Date.now()
    live.connection.typing(conversationId)
  }

  return (
    <TalkContext value={actions}>
      <TalkHeader conversation={conversation.data} name={name} />
      <MessageList
        store={store}
        state={state}
        nameOf={nameOf}
        edit={edit}
        head={only && <Greeting characterId={only} />}
      >
        {pending.map(one => (
          <PendingMessage key={one.id} send={one} />
        ))}
      </MessageList>
      <Composer
        name={name}
        draftKey={conversationId}
        onSend={send}
        onTyping={typing}
        onStop={current ? () => live.connection.cancel(current.turnId) : undefined}
        onEditLast={mine ? () => setEdit({ key: mine, count: (edit?.count ?? 0) + 1 }) : undefined}
      />
      <Announcer state={state} name={name} />
    </TalkContext>
  )
}

/** The last message of the person on the branch that is shown. */
function lastUserOf({ messages, leafId }: ReturnType<typeof useConversation>['state']): string | null {
  for (let id = leafId; id !== null; id = messages[id]?.parentId ?? null) {
    if (messages[id]?.role === 'user') return id
  }
  return null
}
