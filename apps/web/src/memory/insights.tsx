import type { Insight } from '@luna/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { MoodChart, TopicChart } from './charts.tsx'

const words = strings.memory.insights
const periods = [30, 90, 365] as const
const order: readonly Insight['kind'][] = ['goal', 'worry', 'joy', 'person', 'topic', 'mood']

/** What recurs, each with its proof, and how it went over time. */
export default function Insights() {
  const [days, setDays] = useState<(typeof periods)[number]>(90)
  const { data, isError } = useQuery({
    queryKey: ['memories', 'insights', days],
    queryFn: () => luna.memories.insights({ days }),
    placeholderData: before => before,
  })
  return (
    <div className="space-y-8">
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">{words.period}</legend>
        {periods.map(each => (
          <button
            key={each}
            type="button"
            aria-pressed={each === days}
            className="btn-quiet py-1.5 aria-pressed:border-accent aria-pressed:bg-tint"
            onClick={() => setDays(each)}
          >
            {words.periods[each]}
          </button>
        ))}
      </fieldset>
      {isError && <p role="alert">{strings.memory.failed}</p>}
      {data && data.items.length === 0 && data.series.mood.length === 0 && (
        <p className="voice py-8 text-center text-faint">{words.none}</p>
      )}
      {data && data.series.mood.length > 0 && <MoodChart points={data.series.mood} />}
      {data && data.series.topics.length > 0 && <TopicChart topics={data.series.topics} />}
      {order.map(kind => {
        const own = data?.items.filter(item => item.kind === kind) ?? []
        return own.length === 0 ? null : (
          <section key={kind}>
            <h2 className="voice mb-3 text-xl font-semibold">{words.kinds[kind]}</h2>
            <ul className="grid gap-3 sm:grid-cols-2">
              {own.map(item => (
                <InsightCard key={item.id} insight={item} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

const InsightCard = ({ insight }: { insight: Insight }) => (
  <li className="panel px-4 py-3 text-sm">
    <p className="font-medium wrap-anywhere">
      {insight.title}
      {insight.progress && (
        <span className="ml-2 rounded-full bg-tint px-2 py-0.5 text-xs font-normal text-soft">
          {words.progress[insight.progress]}
        </span>
      )}
    </p>
    <p className="mt-1 text-soft wrap-anywhere">{insight.summary}</p>
    <details className="mt-2">
      <summary className="cursor-pointer text-xs text-faint">{words.proof(insight.proof.length)}</summary>
      <ul className="mt-2 space-y-1.5 text-xs text-soft">
        {insight.proof.map(({ id, text, at }) => (
          <li key={id}>
            <time dateTime={at} className="text-faint">
              {new Date(at).toLocaleDateString()}
            </time>{' '}
            “{text}”
          </li>
        ))}
      </ul>
    </details>
  </li>
)
