import { LunaError, type PluginAction } from '@luna/contracts'
import type { ActionResult } from '../builtin/builtin.ts'
import { builtins } from '../builtin/index.ts'
import type { PluginsContext } from '../context.ts'
import type { PluginHost } from '../host/plugin-host.ts'
import { runHttp } from '../http/run-http.ts'
import type { Installed } from '../install/installed.ts'
import { runCode } from '../sandbox/run-code.ts'
import type { SecretStore } from '../secrets/secrets.ts'

export interface Performance {
  ctx: PluginsContext
  plugin: Installed
  action: PluginAction
  arguments: Record<string, unknown>
  host: PluginHost
  secrets: SecretStore
  callId: string
}

/** Does what an action says, by its way of running. @throws LunaError */
export async function performAction({
  ctx,
  plugin,
  action,
  arguments: args,
  host,
  secrets,
  callId,
}: Performance): Promise<ActionResult> {
  const { run } = action
  const { manifest, granted } = plugin
  switch (run.type) {
    case 'http':
      return runHttp({
        run,
        arguments: args,
        hosts: granted.hosts,
        secrets,
        safeFetch: ctx.safeFetch,
        callId,
        signal: host.signal,
        now: () => ctx.clock.now(),
      })
    case 'code':
      return runCode(ctx.sandboxes, {
        source: manifest.code?.source ?? '',
        action: action.name,
        arguments: args,
        timeoutMs: action.timeoutMs,
        host,
      })
    case 'mcp':
      return ctx.mcp.callTool({ plugin, secrets, personId: host.personId, signal: host.signal }, run.tool, args)
    case 'builtin': {
      const module =
        plugin.source === 'builtin'
          ? await builtins.find(({ manifest: { id } }) => id === plugin.id)?.load()
          : undefined
      const perform = module && Object.hasOwn(module.actions, action.name) ? module.actions[action.name] : undefined
      if (!perform) throw new LunaError('invalid', 'Only plugins that ship with Luna run built-in actions.')
      return perform(args, host)
    }
  }
}
