import type { Plugin } from '@luna/contracts'
import { strings } from '../strings.ts'
import { usePluginChanges } from './use-plugin-changes.ts'

const words = strings.plugins

export function PluginCard({ plugin, onOpen }: { plugin: Plugin; onOpen(): void }) {
  const { setEnabled } = usePluginChanges()
  return (
    <li className="panel flex flex-col gap-2 p-4">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate font-semibold">{plugin.name}</h2>
          <p className="truncate text-xs text-faint">
            {words.by(plugin.author, plugin.version)}
            {plugin.signedBy ? ` · ${words.signed}` : ''}
          </p>
        </div>
        {plugin.installed && (
          <button
            type="button"
            role="switch"
            aria-checked={plugin.enabled}
            aria-label={plugin.name}
            className={`relative h-6 w-11 shrink-0 rounded-full border transition-colors ${plugin.enabled ? 'border-accent bg-accent' : 'border-edge bg-surface'}`}
            onClick={() => setEnabled.mutate({ id: plugin.id, enabled: !plugin.enabled })}
          >
            <span
              className={`absolute top-0.5 size-4.5 rounded-full transition-[left] ${plugin.enabled ? 'left-5.5 bg-on-accent' : 'left-0.5 bg-edge'}`}
            />
          </button>
        )}
      </div>
      <p className="line-clamp-3 flex-1 text-sm text-soft">{plugin.description}</p>
      {plugin.commands.length > 0 && (
        <p className="flex flex-wrap gap-1.5 text-xs">
          {plugin.commands.slice(0, 4).map(command => (
            <code key={command.name} className="rounded-md bg-tint px-1.5 py-0.5">
              /{command.name}
            </code>
          ))}
        </p>
      )}
      <button
        type="button"
        className={plugin.installed ? 'btn-quiet self-start py-1.5 text-sm' : 'btn-primary self-start py-1.5 text-sm'}
        aria-label={words.open(plugin.name)}
        onClick={onOpen}
      >
        {plugin.update ? words.update(plugin.update.version) : plugin.installed ? strings.nav.settings : words.install}
      </button>
    </li>
  )
}
