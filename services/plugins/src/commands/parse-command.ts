import type { PluginCommand } from '@luna/contracts'
import { splitLine } from './split-line.ts'
import { commandUsage } from './usage.ts'

type Schema = Readonly<Record<string, unknown>>

export type Parsed = { ok: true; arguments: Record<string, unknown> } | { ok: false; message: string }

/** The arguments of a command line, by the types that the action's JSON Schema gives them. */
export function parseCommand(command: PluginCommand, parameters: Schema, line: string): Parsed {
  const properties = (parameters['properties'] ?? {}) as Readonly<Record<string, Schema>>
  const found: Record<string, unknown> = { ...command.fixed }
  const wrong = (message: string): Parsed => ({ ok: false, message: `${message} Usage: ${commandUsage(command)}` })
  const words = splitLine(line)
  let place = 0
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]
    if (!word) break
    const isFlag = !word.quoted && /^(--[a-z]|-[a-z](=|$))/i.test(word.text)
    if (!isFlag) {
      const argument = command.arguments[place]
      if (!argument) return wrong(`"${word.text}" is one word too many; put quotes around what belongs together.`)
      place += 1
      if (argument.rest) {
        const only = words.length === index + 1 ? word.text : line.slice(word.at).trim()
        found[argument.name] = typed(only, properties[argument.name])
        break
      }
      found[argument.name] = typed(word.text, properties[argument.name])
      continue
    }
    const [name, inline] = parts(word.text.replace(/^--?/, ''))
    const flag = command.flags.find(one => one.name === name || (!word.text.startsWith('--') && one.short === name))
    if (!flag) return wrong(`There is no flag "${word.text}".`)
    const schema = properties[flag.name]
    if (inline !== undefined) found[flag.name] = typed(inline, schema)
    else if (schema?.['type'] === 'boolean') found[flag.name] = true
    else {
      const value = words[index + 1]
      if (!value) return wrong(`"${word.text}" needs a value.`)
      found[flag.name] = typed(value.text, schema)
      index += 1
    }
  }
  const missing = command.arguments.find(argument => argument.required && found[argument.name] === undefined)
  if (missing) return wrong(`"${missing.name}" is missing${missing.description ? `: ${missing.description}` : ''}.`)
  return { ok: true, arguments: found }
}

function parts(text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** What does not fit its type stays text: the schema then says what was wanted. */
function typed(text: string, schema: Schema | undefined): unknown {
  const type = schema?.['type']
  if ((type === 'number' || type === 'integer') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text)
  if (type === 'boolean' && /^(true|yes|on|1)$/i.test(text)) return true
  if (type === 'boolean' && /^(false|no|off|0)$/i.test(text)) return false
  if (type === 'array') return text.split(',').map(item => item.trim())
  return text
}
