import type { PluginCommand } from '@luna/contracts'

/** `/weather <place> [--units VALUE]`: <> must be given, [] may be. */
export function commandUsage({
  name,
  arguments: args,
  flags,
}: Pick<PluginCommand, 'name' | 'arguments' | 'flags'>): string {
  const shown = args.map(({ name: argument, required, rest }) => {
    const text = rest ? `${argument}…` : argument
    return required ? `<${text}>` : `[${text}]`
  })
  const options = flags.map(flag => `[${flag.short ? `-${flag.short}|` : ''}--${flag.name}]`)
  return [`/${name}`, ...shown, ...options].join(' ')
}
