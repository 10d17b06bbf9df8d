import { useNavigate } from '@tanstack/react-router'
import { Dialog } from 'radix-ui'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { ConnectionBanner } from '../live/connection-banner.tsx'
import { SearchDialog } from '../search/search-dialog.tsx'
import { strings } from '../strings.ts'
import { Backdrop } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { Sidebar } from './sidebar.tsx'

const DrawerContext = createContext<() => void>(() => undefined)

/** The frame of the page: the list beside, or in a drawer on a phone, and what is open. */
export function Shell({ children }: { children: ReactNode }) {
  const [drawer, setDrawer] = useState(false)
  const [searching, setSearching] = useState(false)
  const navigate = useNavigate()

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey)) return
      const key = event.key.toLowerCase()
      if (key === 'k') setSearching(true)
      else if (key === 'o' && event.shiftKey) void navigate({ to: '/' })
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [navigate])

  const openDrawer = useMemo(() => () => setDrawer(true), [])
  const search = () => {
    setDrawer(false)
    setSearching(true)
  }

  return (
    <DrawerContext value={openDrawer}>
      <a href="#main" className="btn-primary absolute top-2 left-2 z-50 -translate-y-20 focus:translate-y-0">
        {strings.nav.skip}
      </a>
      <div className="flex h-full">
        <aside className="hidden w-72 shrink-0 border-r border-line bg-surface md:block">
          <Sidebar onSearch={search} onChoose={() => undefined} />
        </aside>
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          <ConnectionBanner />
          {children}
        </main>
      </div>
      <Dialog.Root open={drawer} onOpenChange={setDrawer}>
        <Dialog.Portal>
          <Backdrop />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 left-0 z-50 w-[min(20rem,86vw)] border-r border-line bg-surface pb-[env(safe-area-inset-bottom)]"
          >
            <Dialog.Title className="sr-only">{strings.nav.conversations}</Dialog.Title>
            <Sidebar onSearch={search} onChoose={() => setDrawer(false)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <SearchDialog open={searching} onClose={() => setSearching(false)} />
    </DrawerContext>
  )
}

/** Opens the list on a phone; not there on wide screens, where the list is always in sight. */
export function DrawerButton() {
  const open = use(DrawerContext)
  return (
    <button type="button" className="icon-btn md:hidden" aria-label={strings.nav.open} onClick={open}>
      <Icon name="menu" />
    </button>
  )
}
