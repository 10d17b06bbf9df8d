import { Tabs } from 'radix-ui'
import { lazy, Suspense } from 'react'
import { DrawerButton } from '../shell/shell.tsx'
import { strings } from '../strings.ts'
import { Journal } from './journal.tsx'
import { MemoryList } from './memory-list.tsx'

const Insights = lazy(() => import('./insights.tsx'))

const words = strings.memory
const tabs = ['memories', 'insights', 'journal'] as const

export default function MemoryPage() {
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-3 sm:px-5">
        <DrawerButton />
        <h1 className="px-1 font-medium">{words.title}</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Tabs.Root defaultValue="memories" className="mx-auto w-full max-w-3xl px-5 py-6">
          <Tabs.List aria-label={words.tabsLabel} className="mb-6 flex flex-wrap gap-2">
            {tabs.map(tab => (
              <Tabs.Trigger
                key={tab}
                value={tab}
                className="rounded-full border border-line bg-raised px-4 py-2 text-sm transition-colors hover:border-edge data-[state=active]:border-accent data-[state=active]:bg-tint data-[state=active]:font-medium"
              >
                {words.tabs[tab]}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <Tabs.Content value="memories">
            <MemoryList />
          </Tabs.Content>
          <Tabs.Content value="insights">
            <Suspense fallback={<p className="text-sm text-faint">…</p>}>
              <Insights />
            </Suspense>
          </Tabs.Content>
          <Tabs.Content value="journal">
            <Journal />
          </Tabs.Content>
        </Tabs.Root>
      </div>
    </>
  )
}
