import type { BuiltinPlugin } from './builtin.ts'
import { manifest as calculator } from './calculator/manifest.ts'

/** The plugins that ship with Luna. A manifest holds no code; what it runs is loaded at its first run. */
export const builtins: readonly BuiltinPlugin[] = [
  { manifest: calculator, preinstalled: true, load: async () => (await import('./calculator/plugin.ts')).plugin },
]
