import { type ReactNode, useId } from 'react'
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { strings } from '../strings.ts'
import { byWeek, type Point, type Topic } from './by-week.ts'

const words = strings.memory.insights
const colours = ['var(--accent)', 'var(--edge)', 'var(--danger)', 'var(--soft)', 'var(--moon-lit)']
const axis = { stroke: 'var(--edge)', tick: { fill: 'var(--faint)', fontSize: 12 } } as const
const box = {
  contentStyle: { background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 12 },
} as const

/** Mood by day. A chart says nothing to who cannot see it, so the numbers stand below as a table. */
export function MoodChart({ points }: { points: readonly Point[] }) {
  return (
    <Figure
      title={words.mood}
      hint={words.moodHint}
      head={[words.date, words.value]}
      rows={points.map(({ date, value }) => [date, String(value)])}
    >
      <LineChart data={[...points]} margin={{ left: -20, right: 8, top: 8 }}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis dataKey="date" {...axis} />
        <YAxis domain={[-1, 1]} {...axis} />
        <Tooltip {...box} />
        <Line dataKey="value" name={words.value} stroke="var(--accent)" strokeWidth={2} isAnimationActive={false} />
      </LineChart>
    </Figure>
  )
}

/** Topics by week, one on the other. */
export function TopicChart({ topics }: { topics: readonly Topic[] }) {
  const weeks = byWeek(topics)
  return (
    <Figure
      title={words.topics}
      hint={words.topicsHint}
      head={[words.date, ...topics.map(({ topic }) => topic)]}
      rows={weeks.map(week => [week.date, ...topics.map(({ topic }) => String(week[topic] ?? 0))])}
    >
      <BarChart data={weeks} margin={{ left: -20, right: 8, top: 8 }}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis dataKey="date" {...axis} />
        <YAxis allowDecimals={false} {...axis} />
        <Tooltip {...box} cursor={{ fill: 'var(--tint)' }} />
        <Legend formatter={legendName} />
        {topics.map(({ topic }, index) => (
          <Bar
            key={topic}
            dataKey={topic}
            stackId="all"
            fill={colours[index % colours.length] ?? 'var(--accent)'}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </Figure>
  )
}

const legendName = (name: unknown) => <span className="text-soft">{String(name)}</span>

interface FigureProps {
  title: string
  hint: string
  head: readonly string[]
  rows: readonly (readonly string[])[]
  children: ReactNode
}

function Figure({ title, hint, head, rows, children }: FigureProps) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="voice text-xl font-semibold">
        {title}
      </h2>
      <p className="mb-3 text-sm text-soft">{hint}</p>
      <div className="h-56" aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%">
          {children as never}
        </ResponsiveContainer>
      </div>
      <details className="mt-2 text-sm">
        <summary className="cursor-pointer text-xs text-faint">{words.table}</summary>
        <table className="mt-2 w-full text-left text-xs">
          <thead>
            <tr>
              {head.map(each => (
                <th key={each} scope="col" className="py-1 pr-4 font-medium">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row[0]}>
                {row.map((cell, index) => (
                  <td key={head[index]} className="py-1 pr-4 text-soft">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
