import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { luna } from '../luna.ts'
import { Splash } from '../session/session.tsx'
import { strings } from '../strings.ts'
import { Logo } from '../ui/logo.tsx'

const words = strings.erasure
const askAgainMs = 1_000

/** What became of an erased account, service by service, as it happens; for whoever has the link. */
export default function ErasurePage() {
  const { erasureId } = useParams({ from: '/erasure/$erasureId' })
  const { data, error } = useQuery({
    queryKey: ['erasure', erasureId],
    queryFn: () => luna.me.erasure(erasureId),
    refetchInterval: query => (query.state.data?.state === 'completed' ? false : askAgainMs),
  })
  if (error && !data) return <Splash text={words.unknown} />
  if (!data) return <Splash text={strings.boot.waking} />
  const answered = Object.entries(data.services)
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto w-full max-w-2xl px-5 py-10 sm:px-8">
        <p className="mb-4 flex items-center gap-2 text-sm text-soft">
          <Logo size={24} />
          {words.label}
        </p>
        <h1 className="voice text-3xl leading-tight font-semibold">
          {data.state === 'completed' ? words.done : words.running}
        </h1>
        <p className="mt-3 text-soft" role="status">
          {data.state === 'completed' ? words.doneHint : words.waitingFor(data.waitingFor)}
        </p>
        <progress
          className="mt-5 h-1.5 w-full accent-accent"
          aria-label={words.label}
          max={answered.length + data.waitingFor.length}
          value={answered.length}
        />
        <table className="mt-8 w-full text-sm">
          <caption className="sr-only">{words.label}</caption>
          <thead>
            <tr className="border-b border-line text-left text-faint">
              <th className="py-2 font-medium">{words.service}</th>
              <th className="py-2 font-medium">{words.erased}</th>
            </tr>
          </thead>
          <tbody>
            {answered.map(([service, counts]) => (
              <tr key={service} className="border-b border-line align-top">
                <th scope="row" className="py-2 pr-4 text-left font-medium">
                  {service}
                </th>
                <td className="py-2 text-soft">{countsOf(counts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="mt-6 text-sm text-faint">{words.keep}</p>
        <a className="btn-quiet mt-6 inline-block" href="/">
          {strings.talk.goHome}
        </a>
      </div>
    </main>
  )
}

function countsOf(counts: Readonly<Record<string, number>>): string {
  const found = Object.entries(counts).filter(([, count]) => count > 0)
  return found.map(([what, count]) => `${count} ${what.replaceAll('_', ' ')}`).join(', ') || words.nothing
}
