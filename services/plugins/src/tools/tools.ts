import { type PluginAction, type plugins, type Tool, toolName } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { PluginsContext } from '../context.ts'
import { consentOf } from '../install/decide-grant.ts'
import { type Consents, type Installed, loadConsents, loadInstalled } from '../install/installed.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>

/** Tools in one prompt at most: beyond it models choose badly, and the prompt fills up. */
const mostTools = 64

/** The tools that a character may use for a person: the offered actions of what is installed and switched on. */
export const tools: Handlers['tools'] = async (_input, ctx, { scope }) => {
  const personId = personOf(scope)
  const [installed, consents] = await ctx.db.transaction(scope, tx =>
    Promise.all([loadInstalled(tx), loadConsents(tx, personId)]),
  )
  const offered = installed
    .filter(plugin => plugin.enabled)
    .flatMap(plugin =>
      plugin.manifest.actions.filter(action => action.offered).map(action => toTool(plugin, action, consents)),
    )
    .filter(tool => tool.consent !== 'denied')
  return { tools: offered.slice(0, mostTools) }
}

export function toTool(plugin: Installed, action: PluginAction, consents: Consents): Tool {
  return {
    name: toolName(plugin.id, action.name),
    description: action.description,
    parameters: action.parameters,
    consent: consentOf(action, plugin.granted, consents.of(plugin.id, action.name)),
    repeatable: isRepeatable(action),
    title: `${plugin.manifest.name} · ${action.name}`,
    effect: action.effect,
    timeoutMs: action.timeoutMs,
  }
}

/** Reading may be done twice; acting only where the author says so. */
export const isRepeatable = (action: PluginAction): boolean => action.repeatable ?? action.effect === 'read'
