import { useQuery } from '@tanstack/react-query'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Logo } from '../ui/logo.tsx'

const words = strings.moderation.care

/** The published crisis protocol with the counts of the year; nobody needs to be signed in. */
export default function SafetyPage() {
  const { data } = useQuery({ queryKey: ['care', 'report'], queryFn: () => luna.care.report(), retry: 0 })
  const cards = data?.cards.reduce((sum, { count }) => sum + count, 0) ?? 0
  const reviews = data?.reviews.reduce((sum, { count }) => sum + count, 0) ?? 0
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto w-full max-w-2xl px-5 py-10 sm:px-8">
        <header className="mb-8 border-b border-line pb-6">
          <p className="mb-4 flex items-center gap-2 text-sm text-soft">
            <Logo size={24} />
            <a href="/" className="underline underline-offset-4">
              {words.back}
            </a>
          </p>
          <h1 className="voice text-3xl leading-tight font-semibold">{words.title}</h1>
          <p className="mt-3 leading-relaxed text-soft">{words.lead}</p>
        </header>
        <section className="mb-8">
          <h2 className="voice text-xl font-semibold">{words.protocol}</h2>
          <ol className="mt-3 list-decimal space-y-2 pl-5 leading-relaxed">
            {words.steps.map(step => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p className="mt-4 rounded-xl bg-tint px-4 py-3 text-sm leading-relaxed">{words.limits}</p>
        </section>
        <section className="mb-8 leading-relaxed">
          <h2 className="voice text-xl font-semibold">{words.disclosure}</h2>
          <p className="mt-3">{words.disclosureText}</p>
          <p className="mt-2">{words.minors}</p>
        </section>
        {data && (
          <section>
            <h2 className="voice text-xl font-semibold">{words.report(data.year)}</h2>
            <dl className="mt-3 grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
              <Count name={words.cards} value={String(cards)} />
              <Count name={words.checkIns} value={String(data.checkIns)} />
              <Count name={words.reviews} value={String(reviews)} />
              {data.falseAlarmShare !== null && (
                <Count name={words.falseAlarms} value={`${Math.round(data.falseAlarmShare * 100)} %`} />
              )}
            </dl>
            <p className="mt-3 text-sm text-soft">{words.privacy}</p>
          </section>
        )}
      </div>
    </main>
  )
}

const Count = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd className="text-right font-medium tabular-nums">{value}</dd>
  </>
)
