import type { RunningTurn, ToolCall } from '@luna/client'
import { Markdown } from '../markdown/markdown.tsx'
import { strings } from '../strings.ts'
import { useTalk } from './talk-actions.ts'

const words = strings.talk

/** An answer as it comes. It is not read out token by token: the announcer says the whole once it stands. */
export function RunningAnswer({ turn, name }: { turn: RunningTurn; name: string }) {
  return (
    <article aria-label={name} aria-busy="true">
      {turn.attempt > 1 && <p className="mb-2 text-xs text-faint">{words.secondTry}</p>}
      {turn.withdrawn !== null && <p className="mb-2 text-xs text-faint">{words.withdrawn}</p>}
      {turn.tools.map(tool => (
        <Tool key={tool.callId} tool={tool} name={name} />
      ))}
      {turn.text === '' ? (
        <p className="flex h-8 items-center gap-2 text-sm text-faint">
          <span className="flex gap-1.5" aria-hidden="true">
            <i className="breathe size-2 rounded-full bg-accent" />
            <i className="breathe size-2 rounded-full bg-accent" />
            <i className="breathe size-2 rounded-full bg-accent" />
          </span>
          {turn.state === 'queued' && turn.ahead > 0 ? words.queued(turn.ahead) : `${name} ${words.thinking}`}
        </p>
      ) : (
        <>
          <div className="voice prose">
            <Markdown text={turn.text} streaming />
          </div>
          {/* As high as the row of buttons that takes its place. */}
          <p className="mt-1.5 flex h-7 items-center" aria-hidden="true">
            <i className="breathe size-2 rounded-full bg-accent" />
          </p>
        </>
      )}
    </article>
  )
}

function Tool({ tool, name }: { tool: ToolCall; name: string }) {
  const talk = useTalk()
  return (
    <div
      role="group"
      aria-label={`${name} ${words.tool[tool.status]} ${tool.name}`}
      className="mb-3 rounded-xl border border-line bg-surface px-4 py-2.5 text-sm text-soft"
    >
      <p>
        {name} {words.tool[tool.status]}{' '}
        <strong className="font-medium break-words text-ink">{tool.summary ?? tool.name}</strong>
      </p>
      {tool.status === 'proposed' && (
        <div className="mt-2 flex flex-wrap gap-2">
          <button type="button" className="btn-primary py-1.5" onClick={() => talk.approve(tool.callId, 'once')}>
            {words.allowOnce}
          </button>
          <button type="button" className="btn-quiet py-1.5" onClick={() => talk.approve(tool.callId, 'always')}>
            {words.allowAlways}
          </button>
          <button type="button" className="btn-quiet py-1.5" onClick={() => talk.approve(tool.callId, 'deny')}>
            {words.notNow}
          </button>
          <button type="button" className="btn-quiet py-1.5" onClick={() => talk.approve(tool.callId, 'never')}>
            {words.allowNever}
          </button>
        </div>
      )}
    </div>
  )
}
