import type { BuiltinPlugin } from './builtin.ts'
import { manifest as calculator } from './calculator/manifest.ts'
import { manifest as horoscope } from './horoscope/manifest.ts'
import { manifest as journalPrompt } from './journal-prompt/manifest.ts'
import { manifest as kundli } from './kundli/manifest.ts'
import { manifest as memory } from './memory/manifest.ts'
import { manifest as poem } from './poem/manifest.ts'
import { manifest as reminder } from './reminder/manifest.ts'
import { manifest as time } from './time/manifest.ts'
import { manifest as weather } from './weather/manifest.ts'

/** The plugins that ship with Luna. A manifest holds no code; what it runs is loaded at its first run. */
export const builtins: readonly BuiltinPlugin[] = [
  { manifest: calculator, preinstalled: true, load: async () => (await import('./calculator/plugin.ts')).plugin },
  { manifest: time, preinstalled: true, load: async () => (await import('./time/plugin.ts')).plugin },
  { manifest: memory, preinstalled: true, load: async () => (await import('./memory/plugin.ts')).plugin },
  { manifest: reminder, preinstalled: true, load: async () => (await import('./reminder/plugin.ts')).plugin },
  { manifest: poem, preinstalled: true, load: async () => (await import('./poem/plugin.ts')).plugin },
  {
    manifest: journalPrompt,
    preinstalled: true,
    load: async () => (await import('./journal-prompt/plugin.ts')).plugin,
  },
  { manifest: weather, preinstalled: false, load: async () => (await import('./weather/plugin.ts')).plugin },
  { manifest: kundli, preinstalled: false, load: async () => (await import('./kundli/plugin.ts')).plugin },
  { manifest: horoscope, preinstalled: false, load: async () => (await import('./horoscope/plugin.ts')).plugin },
]
