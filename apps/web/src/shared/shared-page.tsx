import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { luna } from '../luna.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { Splash } from '../session/session.tsx'
import { strings } from '../strings.ts'
import { Bubble } from '../talk/bubble.tsx'
import { Logo } from '../ui/logo.tsx'

const words = strings.shared

/** A shared snapshot, for whoever has the link; nobody needs to be signed in. */
export default function SharedPage() {
  const { token } = useParams({ from: '/shared/$token' })
  const { data, error } = useQuery({ queryKey: ['shared', token], queryFn: () => luna.shared(token), retry: 0 })
  if (error) return <Splash text={words.gone} />
  if (!data) return <Splash text={strings.boot.waking} />
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-5 py-10 sm:px-8">
        <header className="mb-10 border-b border-line pb-6">
          <p className="mb-4 flex items-center gap-2 text-sm text-soft">
            <Logo size={24} />
            {words.label}
          </p>
          <h1 className="voice text-3xl leading-tight font-semibold">{data.title || strings.nav.untitled}</h1>
          <p className="mt-2 text-sm text-faint">
            {words.at(new Date(data.sharedAt).toLocaleDateString(undefined, { dateStyle: 'long' }))} · {words.notice}
          </p>
        </header>
        <div className="space-y-8">
          {data.messages.map((message, index) => (
            <article
              // biome-ignore lint/suspicious/noArrayIndexKey: a snapshot never changes, and its messages have no ids.
              key={index}
              aria-label={message.role === 'user' ? strings.talk.you : strings.talk.companion}
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
    </main>
  )
}
