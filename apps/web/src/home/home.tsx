import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useLive, useValue } from '../live/live.ts'
import { luna } from '../luna.ts'
import { DrawerButton } from '../shell/shell.tsx'
import { strings } from '../strings.ts'
import { Composer } from '../talk/composer.tsx'
import { PendingMessage } from '../talk/pending-message.tsx'
import { SafetyCards } from '../talk/safety-cards.tsx'
import { Icon } from '../ui/icon.tsx'
import { toastError } from '../ui/toasts.tsx'
import { useNow } from '../ui/use-now.ts'
import { dayPart } from './greeting.ts'
import { Moon } from './moon.tsx'

const words = strings.home

/** Where a talk begins. */
export function Home() {
  const live = useLive()
  const navigate = useNavigate()
  const pending = useValue(live.pending).filter(send => send.conversationId === undefined)
  const [secret, setSecret] = useState(false)
  const [characterId, setCharacterId] = useState<string | null>(null)
  const [draft, setDraft] = useState('')
  const { data } = useQuery({ queryKey: ['characters'], queryFn: () => luna.characters.list({ limit: 50 }) })
  const characters = data?.items ?? []
  const chosen = characters.find(({ id }) => id === characterId)
  const now = useNow()
  const user = luna.session.user
  // The owner in local mode has no mail address, and no name until one is given.
  const name = user?.email === null && user.displayName === strings.talk.you ? '' : (user?.displayName ?? '')

  const send = (text: string): void => {
    const first = pending[0]
    const sending = live.connection.send({
      text,
      ...(first ? { follows: first.id } : {}),
      ...(characterId ? { characterId } : {}),
      ...(secret ? { private: true } : {}),
    })
    if (first) return
    sending.accepted
      .then(({ conversationId }) => {
        if (location.pathname === '/') void navigate({ to: '/c/$conversationId', params: { conversationId } })
      })
      .catch(() => undefined)
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-14 items-center px-3">
        <DrawerButton />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex min-h-full w-full max-w-2xl flex-col justify-center px-5 pb-6">
          <SafetyCards />
          {pending.length > 0 ? (
            <div className="space-y-4">
              {pending.map(one => (
                <PendingMessage key={one.id} send={one} />
              ))}
            </div>
          ) : (
            <>
              <div className="rise flex flex-col items-center text-center">
                <Moon now={now} size={148} />
                <h1 className="voice mt-1 text-[2rem] leading-tight font-semibold tracking-tight sm:text-[2.4rem]">
                  {words.greeting[dayPart(new Date(now).getHours())](name)}
                </h1>
                <p className="voice mt-1.5 text-soft">{words.invite}</p>
              </div>
              <ul aria-label={words.startersLabel} className="rise mt-6 grid sm:mt-8 gap-2.5 sm:grid-cols-2">
                {words.starters.map(({ title, text }) => (
                  <li key={title}>
                    <button
                      type="button"
                      className="panel flex h-full w-full flex-col items-start px-4 py-3.5 text-left transition-colors hover:border-edge hover:bg-tint"
                      onClick={() => setDraft(text)}
                    >
                      <span className="flex items-center gap-2 font-medium">
                        <span className="text-accent">
                          <Icon name="spark" size={16} />
                        </span>
                        {title}
                      </span>
                      <span className="mt-1 block text-sm text-soft max-sm:line-clamp-1">{text}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
      <Composer
        key={draft}
        name={chosen?.name ?? strings.talk.companion}
        initial={draft}
        draftKey="new"
        onSend={text => {
          try {
            send(text)
            setDraft('')
          } catch (error) {
            toastError(error)
            return false
          }
          return true
        }}
      >
        <div className="flex flex-wrap items-center gap-2 text-sm">
          {characters.length > 1 && (
            <label className="flex items-center gap-2 text-soft">
              {words.with}
              <select
                className="rounded-full border border-edge bg-raised px-3 py-1 text-ink"
                value={characterId ?? ''}
                onChange={event => setCharacterId(event.target.value || null)}
              >
                <option value="">{strings.talk.companion}</option>
                {characters.map(({ id, name: called }) => (
                  <option key={id} value={id}>
                    {called}
                  </option>
                ))}
              </select>
            </label>
          )}
          <button
            type="button"
            aria-pressed={secret}
            title={words.privateHint}
            className="inline-flex items-center gap-1.5 rounded-full border border-line px-3 py-1 text-soft transition-colors hover:border-edge aria-pressed:border-accent aria-pressed:bg-tint aria-pressed:text-ink"
            onClick={() => setSecret(!secret)}
          >
            <Icon name="lock" size={15} />
            {words.private}
          </button>
          {secret && <span className="text-xs text-faint">{words.privateHint}</span>}
        </div>
      </Composer>
    </div>
  )
}
