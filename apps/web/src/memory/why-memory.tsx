import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Dialog } from '../ui/dialog.tsx'

const words = strings.memory

/** What a memory was concluded from, with the way to the talk, and what it was before. */
export function WhyMemory({ id, onClose }: { id: string; onClose(): void }) {
  const { data, isError } = useQuery({ queryKey: ['memories', 'why', id], queryFn: () => luna.memories.why(id) })
  return (
    <Dialog open onClose={onClose} title={words.whyTitle} wide {...(data ? { description: data.memory.text } : {})}>
      {isError && <p role="alert">{words.failed}</p>}
      {data && (
        <div className="space-y-4 text-sm">
          {data.sources.length === 0 && <p>{words.byHand}</p>}
          {data.sources.map(source => (
            <figure key={source.messageId} className="rounded-xl bg-surface px-4 py-3">
              <figcaption className="mb-1 text-xs text-faint">
                {source.speaker === 'person' ? words.youSaid : words.theySaid},{' '}
                <time dateTime={source.at}>{new Date(source.at).toLocaleString()}</time>
              </figcaption>
              <blockquote className="wrap-anywhere">
                <Link
                  to="/c/$conversationId"
                  params={{ conversationId: source.conversationId }}
                  search={{ m: source.messageId }}
                  className="hover:underline"
                >
                  “{source.text}”
                </Link>
              </blockquote>
            </figure>
          ))}
          <Older title={words.before} texts={data.versions.map(({ text }) => text)} />
          <Older title={words.replaced} texts={data.supersedes.map(({ text }) => text)} />
        </div>
      )}
    </Dialog>
  )
}

function Older({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <section>
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="space-y-1 text-soft">
        {texts.map(text => (
          <li key={text} className="line-through decoration-1">
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}
