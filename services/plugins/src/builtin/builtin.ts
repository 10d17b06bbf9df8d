import type { PluginManifestInput } from '@luna/contracts'
import type { PluginHost } from '../host/plugin-host.ts'

/** What an action of a built-in plugin gives back. */
export interface ActionResult {
  /** For the person (of a `direct` command: the answer, in Markdown) and for the model. */
  text: string
  /** Facts beside the text, as JSON: the model sees them, the REST interface answers them. */
  data?: unknown
  /** Kept with the run and served at `/api/v1/plugins/runs/{runId}/files/{name}`. */
  files?: readonly { name: string; type: string; content: string | Uint8Array }[]
}

/** An action: its arguments have passed its JSON Schema. A LunaError `invalid` is said to model and person as it is. */
export type BuiltinAction = (args: Record<string, unknown>, host: PluginHost) => Promise<ActionResult> | ActionResult

/** The module of a built-in plugin, `plugin.ts`: one function for each action of its manifest with `run: {type: 'builtin'}`. */
export interface BuiltinModule {
  readonly actions: Readonly<Record<string, BuiltinAction>>
}

/** An entry of `builtin/index.ts`. The module is loaded when an action of it first runs. */
export interface BuiltinPlugin {
  readonly manifest: PluginManifestInput
  load(): Promise<BuiltinModule>
  /** Everyone has it until they take it away: for what reaches no host and asks for no secret. */
  readonly preinstalled: boolean
}
