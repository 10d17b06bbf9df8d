import type { Plugin } from '@luna/contracts'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { toastError } from '../ui/toasts.tsx'
import { exampleOf } from './example-of.ts'
import { usePluginChanges } from './use-plugin-changes.ts'

const words = strings.plugins
type Action = Plugin['actions'][number]

export function ActionList({ plugin }: { plugin: Plugin }) {
  return (
    <section className="mt-6">
      <h3 className="mb-2 text-sm font-semibold">{words.actions}</h3>
      <ul className="divide-y divide-line">
        {plugin.actions.map(action => (
          <ActionRow key={action.name} plugin={plugin} action={action} />
        ))}
      </ul>
    </section>
  )
}

function ActionRow({ plugin, action }: { plugin: Plugin; action: Action }) {
  const { consent } = usePluginChanges()
  const [trying, setTrying] = useState(false)
  return (
    <li className="py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="font-medium">{action.name}</span>
        <span className="rounded-full bg-tint px-2 py-0.5 text-xs text-soft">{words.effect[action.effect]}</span>
        {action.consent && (
          <select
            className="field ml-auto w-auto py-1 text-sm"
            aria-label={words.consentOf(action.name)}
            value={action.consent}
            onChange={({ target }) =>
              consent.mutate({
                id: plugin.id,
                action: action.name,
                decision: target.value === 'allowed' ? 'always' : target.value === 'denied' ? 'never' : 'ask',
              })
            }
          >
            {(['allowed', 'ask', 'denied'] as const).map(value => (
              <option key={value} value={value}>
                {words.consent[value]}
              </option>
            ))}
          </select>
        )}
        {plugin.installed && plugin.enabled && (
          <button
            type="button"
            className="btn-quiet py-1 text-sm"
            aria-expanded={trying}
            onClick={() => setTrying(!trying)}
          >
            {words.run}
          </button>
        )}
      </div>
      <p className="mt-1 text-soft">{action.description}</p>
      {trying && <TryForm plugin={plugin} action={action} />}
    </li>
  )
}

function TryForm({ plugin, action }: { plugin: Plugin; action: Action }) {
  const run = useMutation({
    mutationFn: (args: Record<string, unknown>) => luna.plugins.execute(plugin.id, action.name, args),
    onError: toastError,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    try {
      run.mutate(JSON.parse(String(new FormData(event.currentTarget).get('arguments'))) as Record<string, unknown>)
    } catch {
      toastError(new Error(words.notJson))
    }
  }
  return (
    <form onSubmit={submit} className="mt-3 space-y-2">
      <textarea
        name="arguments"
        aria-label={words.runArguments}
        className="field min-h-24 font-mono text-xs"
        spellCheck={false}
        defaultValue={JSON.stringify(exampleOf(action.parameters), null, 2)}
      />
      <button type="submit" className="btn-primary py-1.5 text-sm" disabled={run.isPending}>
        {run.isPending ? words.running : words.run}
      </button>
      {run.data && (
        <pre
          role="status"
          className={`max-h-60 overflow-auto rounded-xl bg-surface p-3 text-xs whitespace-pre-wrap ${run.data.status === 'failed' ? 'text-danger' : ''}`}
        >
          {run.data.result}
        </pre>
      )}
    </form>
  )
}
