import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { toast, toastError } from '../ui/toasts.tsx'
import { AddDialog } from './add-dialog.tsx'
import { PluginCard } from './plugin-card.tsx'
import { PluginDialog } from './plugin-dialog.tsx'
import { Runs } from './runs.tsx'

const words = strings.plugins
const tabs = ['yours', 'find', 'runs'] as const

/** What companions can do: what is installed, what there is, and what was done. */
export default function PluginsPage() {
  const queries = useQueryClient()
  const [tab, setTab] = useState<(typeof tabs)[number]>('yours')
  const [typed, setTyped] = useState('')
  const [openId, setOpenId] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const yours = useQuery({ queryKey: ['plugins', 'yours'], queryFn: () => luna.plugins.list() })
  const found = useQuery({
    queryKey: ['plugins', 'find', typed],
    queryFn: () => luna.plugins.search({ q: typed, limit: 100 }),
    enabled: tab === 'find',
  })
  const items = (tab === 'find' ? found.data : yours.data)?.items
  const open = [...(yours.data?.items ?? []), ...(found.data?.items ?? [])].find(({ id }) => id === openId)
  useSignInReturn(id => {
    setOpenId(id)
    void queries.invalidateQueries({ queryKey: ['plugins'] })
  })

  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-5 py-8 sm:px-8">
        <header className="mb-6 flex flex-wrap items-end justify-between gap-3">
          <div>
            <h1 className="voice text-3xl font-semibold">{words.title}</h1>
            <p className="mt-1 max-w-xl text-soft">{words.intro}</p>
          </div>
          <button type="button" className="btn-quiet" onClick={() => setAdding(true)}>
            <Icon name="plus" size={18} />
            {words.add}
          </button>
        </header>
        <div className="mb-5 flex flex-wrap items-center gap-2">
          {tabs.map(name => (
            <button
              key={name}
              type="button"
              aria-pressed={tab === name}
              className={`rounded-full px-4 py-1.5 text-sm transition-colors ${tab === name ? 'bg-tint font-medium text-ink' : 'text-soft hover:bg-tint'}`}
              onClick={() => setTab(name)}
            >
              {words.tabs[name]}
            </button>
          ))}
          {tab === 'find' && (
            <input
              type="search"
              className="field ml-auto max-w-60 rounded-full py-1.5 text-sm"
              aria-label={words.search}
              placeholder={words.search}
              value={typed}
              onChange={event => setTyped(event.target.value)}
            />
          )}
        </div>
        {tab === 'runs' ? (
          <Runs />
        ) : (
          <ul className="grid gap-3 sm:grid-cols-2">
            {items?.map(plugin => (
              <PluginCard key={plugin.id} plugin={plugin} onOpen={() => setOpenId(plugin.id)} />
            ))}
          </ul>
        )}
        {tab !== 'runs' && items?.length === 0 && <p className="py-8 text-faint">{words.none}</p>}
      </div>
      {open && <PluginDialog key={`${open.id} ${open.version}`} plugin={open} onClose={() => setOpenId(null)} />}
      <AddDialog open={adding} onClose={() => setAdding(false)} onAdded={setOpenId} />
    </main>
  )
}

/** Another site sends the browser back here after a sign-in, with a code that is used once. */
function useSignInReturn(onSignedIn: (id: string) => void): void {
  const signedIn = useEffectEvent(onSignedIn)
  useEffect(() => {
    const query = new URLSearchParams(location.search)
    const [state, code] = [query.get('state'), query.get('code')]
    if (state === null || code === null) return
    history.replaceState(null, '', '/plugins')
    luna.plugins.finishSignIn(state, code).then(({ id }) => {
      toast(words.signedIn)
      signedIn(id)
    }, toastError)
  }, [])
}
