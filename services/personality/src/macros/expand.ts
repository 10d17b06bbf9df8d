import { lots } from '../lore/seed.ts'

export interface MacroValues {
  readonly char: string
  readonly user: string
  readonly persona: string
  readonly description: string
  readonly personality: string
  readonly scenario: string
  readonly exampleDialogue: string
  readonly lastMessage: string
  /** What `{{original}}` stands for inside a card's own system prompt. */
  readonly original: string
  readonly now: Date
  readonly seed: string
}

/** Bounds of one text: what a card writes can neither run away nor grow without end. */
const limits = { rounds: 12, macros: 2_000, characters: 64_000 } as const

const innermost = /\{\{([^{}]{0,2000})\}\}/g

/**
 * The macros of character cards (Character Card V3, and those that SillyTavern's cards use), innermost first. What is not
 * known stays as it is written. A macro that yields itself ends after a few rounds.
 */
export function expandMacros(text: string, values: MacroValues): string {
  if (!text.includes('{{') && !/<(?:USER|BOT|CHAR)>/i.test(text)) return text
  const draw = lots(values.seed)
  const variables = new Map<string, string>()
  let left: number = limits.macros
  let current = text.replaceAll(/<USER>/gi, () => values.user).replaceAll(/<(?:BOT|CHAR)>/gi, () => values.char)
  for (let round = 0; round < limits.rounds && current.includes('{{'); round += 1) {
    let changed = false
    let size = current.length
    // What is read may still be about to be set: then it waits for the next round.
    const settled = !/\{\{\s*setvar/i.test(current)
    current = current.replaceAll(innermost, (whole, inner: string) => {
      if (left <= 0 || size > limits.characters) return whole
      left -= 1
      const value = valueOf(inner.trim(), values, draw, variables, settled)
      if (value === null) return whole
      changed = true
      size += value.length - whole.length
      return size > limits.characters ? '' : value
    })
    if (!changed) break
  }
  const trimmed = current.includes('{{trim}}') ? current.replaceAll(/\s*\{\{trim\}\}\s*/gi, '') : current
  return trimmed.length > limits.characters ? trimmed.slice(0, limits.characters) : trimmed
}

function valueOf(
  inner: string,
  values: MacroValues,
  draw: () => number,
  variables: Map<string, string>,
  settled: boolean,
): string | null {
  if (inner.startsWith('//')) return ''
  const [, rawName = '', rest = ''] = /^([\w-]+)\s*(?:::?|\s)?([\s\S]*)$/.exec(inner) ?? []
  const name = rawName.toLowerCase()
  const choices = (): string[] =>
    (rest.includes('::') ? rest.split('::') : rest.split(/(?<!\\),/)).map(one => one.trim().replaceAll('\\,', ','))
  const pad = (value: number): string => String(value).padStart(2, '0')
  const { now } = values
  switch (name) {
    case 'char':
      return values.char
    case 'user':
      return values.user
    case 'persona':
      return values.persona
    case 'description':
      return values.description
    case 'personality':
      return values.personality
    case 'scenario':
      return values.scenario
    case 'mesexamples':
      return values.exampleDialogue
    case 'lastmessage':
      return values.lastMessage
    case 'original':
      return values.original
    case 'newline':
      return '\n'
    case 'noop':
    case 'comment':
    case 'hidden_key':
      return ''
    case 'random':
    case 'pick': {
      const list = choices()
      return list[Math.floor(draw() * list.length)] ?? ''
    }
    case 'roll': {
      const [, count = '1', sides = ''] = /^(\d{0,2})d?(\d{1,4})$/i.exec(rest.trim()) ?? []
      if (sides === '') return ''
      let sum = 0
      for (let n = 0; n < Math.max(1, Number(count || 1)); n += 1)
        sum += 1 + Math.floor(draw() * Math.max(1, Number(sides)))
      return String(sum)
    }
    case 'reverse':
      return [...rest].toReversed().join('')
    case 'date':
    case 'isodate':
      return `${now.getUTCFullYear()}-${pad(now.getUTCMonth() + 1)}-${pad(now.getUTCDate())}`
    case 'time':
    case 'isotime':
      return `${pad(now.getUTCHours())}:${pad(now.getUTCMinutes())}`
    case 'weekday':
      return now.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
    case 'setvar': {
      const [key = '', ...value] = rest.split('::')
      if (variables.size < 200) variables.set(key, value.join('::').slice(0, 2_000))
      return ''
    }
    case 'getvar':
      return settled ? (variables.get(rest) ?? '') : null
    default:
      return null
  }
}
