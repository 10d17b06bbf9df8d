import type { Plugin } from '@luna/contracts'
import { type FormEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Confirm, Dialog } from '../ui/dialog.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { ActionList } from './action-list.tsx'
import { readWish } from './read-wish.ts'
import { usePluginChanges } from './use-plugin-changes.ts'

const words = strings.plugins

/** What a plugin asks for, to be granted piece by piece; its actions, and what may run. */
export function PluginDialog({ plugin, onClose }: { plugin: Plugin; onClose(): void }) {
  const { install, uninstall } = usePluginChanges()
  const [removing, setRemoving] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wish = readWish(plugin, new FormData(event.currentTarget))
    install.mutate({ id: plugin.id, ...wish }, { onSuccess: () => toast(words.saved) })
  }
  const signIn = () =>
    void luna.plugins
      .beginSignIn(plugin.id, `${location.origin}/plugins`)
      .then(({ url }) => location.assign(url), toastError)

  return (
    <Dialog open onClose={onClose} title={plugin.name} description={plugin.description} wide>
      <form onSubmit={submit} className="space-y-3">
        {plugin.update && plugin.update.more.length > 0 && (
          <p role="status" className="rounded-xl bg-tint px-4 py-2.5 text-sm">
            {words.updateMore(plugin.update.more)}
          </p>
        )}
        <Grants plugin={plugin} />
        <div className="flex flex-wrap items-center gap-2 pt-1">
          <button type="submit" className="btn-primary py-2" disabled={install.isPending}>
            {plugin.update ? words.update(plugin.update.version) : plugin.installed ? words.save : words.install}
          </button>
          {plugin.signIn && (
            <button type="button" className="btn-quiet py-2" onClick={signIn}>
              {plugin.signIn === 'done' ? words.signedIn : words.signIn}
            </button>
          )}
          {plugin.installed && (
            <button type="button" className="btn-quiet ml-auto py-2" onClick={() => setRemoving(true)}>
              {words.uninstall}
            </button>
          )}
        </div>
      </form>
      <ActionList plugin={plugin} />
      {plugin.commands.length > 0 && (
        <section className="mt-6">
          <h3 className="mb-2 text-sm font-semibold">{words.commands}</h3>
          <ul className="space-y-1.5 text-sm">
            {plugin.commands.map(command => (
              <li key={command.name}>
                <code className="rounded-md bg-tint px-1.5 py-0.5">{command.usage}</code>{' '}
                <span className="text-soft">{command.description}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Confirm
        open={removing}
        title={words.uninstallTitle(plugin.name)}
        body={words.uninstallBody}
        action={words.uninstall}
        onClose={() => setRemoving(false)}
        onConfirm={() => uninstall.mutate(plugin.id, { onSuccess: onClose })}
      />
    </Dialog>
  )
}

function Grants({ plugin }: { plugin: Plugin }) {
  const { capabilities: asked, grant } = plugin
  const reads = plugin.actions.some(({ effect }) => effect === 'read')
  const boxes = [
    ...asked.hosts.map(host => ({ name: `host ${host}`, label: words.host(host), on: grant?.hosts.includes(host) })),
    ...(asked.memory.read ? [{ name: 'memory.read', label: words.memoryRead, on: grant?.memory.read }] : []),
    ...(asked.memory.write ? [{ name: 'memory.write', label: words.memoryWrite, on: grant?.memory.write }] : []),
    ...(asked.storage ? [{ name: 'storage', label: words.storage, on: grant?.storage }] : []),
    ...(asked.timers ? [{ name: 'timers', label: words.timers, on: grant?.timers }] : []),
  ]
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-semibold">{words.grants}</legend>
      {boxes.length === 0 && asked.secrets.length === 0 && <p className="text-sm text-faint">{words.nothingAsked}</p>}
      {boxes.map(({ name, label, on = true }) => (
        <Box key={name} name={name} label={label} on={on} />
      ))}
      {reads && <Box name="reading" label={words.reading} on={grant?.reading ?? false} />}
      {asked.secrets.map(secret => (
        <label key={secret.name} className="block text-sm">
          <span className="mb-1 block font-medium">{secret.description || secret.name}</span>
          <input
            className="field"
            type="password"
            autoComplete="off"
            name={`secret ${secret.name}`}
            placeholder={plugin.secretsGiven?.includes(secret.name) ? words.secretGiven : ''}
            required={secret.required && !plugin.secretsGiven?.includes(secret.name)}
          />
        </label>
      ))}
    </fieldset>
  )
}

const Box = ({ name, label, on }: { name: string; label: string; on: boolean }) => (
  <label className="flex items-center gap-2.5 text-sm">
    <input type="checkbox" name={name} defaultChecked={on} className="size-4 accent-accent" />
    <span className="min-w-0 break-words">{label}</span>
  </label>
)
