import type { PluginCommand, plugins } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { checkArguments } from '../arguments/check-arguments.ts'
import { builtinManifests } from '../builtin/manifests.ts'
import type { PluginsContext } from '../context.ts'
import { type Installed, loadConsents, loadInstalled } from '../install/installed.ts'
import { toTool } from '../tools/tools.ts'
import { parseCommand } from './parse-command.ts'
import { commandUsage } from './usage.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>

interface Known {
  plugin: Installed
  command: PluginCommand
}

/** The commands of what is installed; where two plugins have one of the same name, `/plugin:name` tells them apart. */
export function commandsOf(installed: readonly Installed[]): Map<string, Known> {
  const known = new Map<string, Known>()
  for (const plugin of installed.filter(one => one.enabled))
    for (const command of plugin.manifest.commands) {
      const taken = known.has(command.name)
      if (!taken) known.set(command.name, { plugin, command })
      known.set(`${plugin.id}:${command.name}`, { plugin, command })
    }
  return known
}

/** What a line that begins with a slash asks for: help, a run, or nothing that is known. */
export const understand: Handlers['understand'] = async ({ text }, ctx, { scope }) => {
  const personId = personOf(scope)
  const match = /^\/([a-z][a-z0-9-]*(?::[a-z][a-z0-9-]*)?)(?:\s+([\s\S]*))?$/i.exec(text.trim())
  if (!match) return { kind: 'none' }
  const name = (match[1] ?? '').toLowerCase()
  const rest = match[2] ?? ''
  const { installed, consents } = await ctx.db.transaction(scope, async tx => ({
    installed: await loadInstalled(tx),
    consents: await loadConsents(tx, personId),
  }))
  const known = commandsOf(installed)
  if (name === 'help') return { kind: 'say', text: help(known, rest.trim().replace(/^\//, '').toLowerCase()) }
  const found = known.get(name)
  if (!found) return unknown(name, known)
  const { plugin, command } = found
  if (/^(--help|-h)$/.test(rest.trim())) return { kind: 'say', text: helpOf(command) }
  const action = plugin.manifest.actions.find(one => one.name === command.action)
  if (!action) return { kind: 'none' }
  const tool = toTool(plugin, action, consents)
  if (tool.consent === 'denied')
    return {
      kind: 'say',
      text: `You have told ${plugin.manifest.name} never to do this. It can be changed under Plugins.`,
    }
  const parsed = parseCommand(command, action.parameters, rest)
  if (!parsed.ok) return { kind: 'say', text: parsed.message }
  const args = JSON.stringify(parsed.arguments)
  try {
    await checkArguments(args, action.parameters)
  } catch (error) {
    return { kind: 'say', text: `${(error as Error).message}\n\nUsage: \`${commandUsage(command)}\`` }
  }
  return { kind: 'run', tool, arguments: args, reply: command.reply }
}

/** A path or a smiley is no command; a near miss, or a plugin that is not installed, is told. */
function unknown(name: string, known: ReadonlyMap<string, Known>) {
  for (const { manifest } of builtinManifests().values())
    if (manifest.commands.some(command => command.name === name))
      return {
        kind: 'say' as const,
        text: `\`/${name}\` belongs to the plugin ${manifest.name}, which you have not installed or have switched off. You find it under Plugins.`,
      }
  const near = [...known.keys()].find(one => !one.includes(':') && distance(one, name) <= (name.length > 3 ? 2 : 1))
  if (near)
    return {
      kind: 'say' as const,
      text: `There is no command \`/${name}\`. Did you mean \`/${near}\`? \`/help\` lists all.`,
    }
  return { kind: 'none' as const }
}

const helpOf = (command: PluginCommand): string =>
  [
    `**\`${commandUsage(command)}\`**: ${command.description}`,
    ...command.arguments.filter(one => one.description).map(one => `- \`${one.name}\`: ${one.description}`),
    ...command.flags.filter(one => one.description).map(one => `- \`--${one.name}\`: ${one.description}`),
  ].join('\n')

function help(known: ReadonlyMap<string, Known>, about: string): string {
  const one = known.get(about)
  if (about !== '' && one) return helpOf(one.command)
  const lines = [...known].filter(([name]) => !name.includes(':')).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    'Commands that you can write:',
    '',
    ...lines.map(([, { command }]) => `- \`${commandUsage(command)}\`: ${command.description}`),
    '',
    '`/help NAME` says more about one.',
  ].join('\n')
}

/** Edits from one word to another (Levenshtein 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length] ?? 0
}

export const listCommands: Handlers['listCommands'] = async (_input, ctx, { scope }) => {
  const installed = await ctx.db.transaction(scope, tx => loadInstalled(tx))
  const items = [...commandsOf(installed)]
    .filter(([name]) => !name.includes(':'))
    .map(([name, { plugin, command }]) => ({
      name,
      pluginId: plugin.id,
      description: command.description,
      usage: commandUsage(command),
    }))
  return { items: items.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
}
