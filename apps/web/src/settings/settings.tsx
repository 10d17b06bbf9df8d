import type { ReactNode } from 'react'
import { Standing } from '../moderation/standing.tsx'
import { DrawerButton } from '../shell/shell.tsx'
import { strings } from '../strings.ts'
import { setTheme, type Theme, useTheme } from '../theme/theme.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Account } from './account.tsx'
import { ApiKeys } from './api-keys.tsx'
import { YourData } from './your-data.tsx'

const words = strings.settings
const themes: [Theme, IconName][] = [
  ['system', 'system'],
  ['light', 'sun'],
  ['dark', 'moon'],
]

export default function Settings() {
  const theme = useTheme()
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-3 sm:px-5">
        <DrawerButton />
        <h1 className="px-1 font-medium">{words.title}</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-2xl space-y-10 px-5 py-8">
          <Section title={words.look}>
            <fieldset className="flex flex-wrap gap-2">
              <legend className="sr-only">{words.look}</legend>
              {themes.map(([name, icon]) => (
                <label
                  key={name}
                  className="flex cursor-pointer items-center gap-2 rounded-full border border-line bg-raised px-4 py-2 text-sm transition-colors hover:border-edge has-checked:border-accent has-checked:bg-tint has-focus-visible:outline-2 has-focus-visible:outline-accent"
                >
                  <input
                    type="radio"
                    name="theme"
                    className="sr-only"
                    checked={theme === name}
                    onChange={() => setTheme(name)}
                  />
                  <Icon name={icon} size={18} />
                  {words.theme[name]}
                </label>
              ))}
            </fieldset>
          </Section>
          <Section title={words.account}>
            <Account />
          </Section>
          <Section title={words.keys} hint={words.keysHint}>
            <ApiKeys />
          </Section>
          <Section title={strings.moderation.standing.title}>
            <Standing />
          </Section>
          <Section title={words.data}>
            <YourData />
          </Section>
          <Section title={words.shortcuts}>
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
              {words.shortcutList.map(([keys, does]) => (
                <div key={keys} className="contents">
                  <dt>
                    <kbd className="rounded-md border border-line bg-raised px-2 py-0.5 font-sans text-xs">{keys}</kbd>
                  </dt>
                  <dd className="text-soft">{does}</dd>
                </div>
              ))}
            </dl>
          </Section>
        </div>
      </div>
    </>
  )
}

function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="voice text-xl font-semibold">{title}</h2>
      {hint && <p className="mt-1 text-sm text-soft">{hint}</p>}
      <div className="mt-4">{children}</div>
    </section>
  )
}
