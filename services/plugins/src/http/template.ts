import { LunaError } from '@luna/contracts'

const slot = /\{\{\s*([A-Z][A-Z0-9_]{0,63})\s*\}\}|\{([A-Za-z_][A-Za-z0-9_.-]{0,63})\}/g

export interface Values {
  readonly arguments: Readonly<Record<string, unknown>>
  /** @throws LunaError when the secret was not given */
  secret(name: string): Promise<string>
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Absent: a text that is one slot alone, whose argument was left out. */
export async function fill(
  text: string,
  values: Values,
  encode: (text: string) => string = same,
): Promise<string | undefined> {
  let filled = ''
  let at = 0
  for (const match of text.matchAll(slot)) {
    const [whole, secret, argument] = match
    filled += text.slice(at, match.index)
    at = match.index + whole.length
    if (secret !== undefined) {
      filled += encode(await values.secret(secret))
      continue
    }
    const value = Object.hasOwn(values.arguments, argument ?? '') ? values.arguments[argument ?? ''] : undefined
    if (value === undefined && whole === text) return undefined
    filled += value === undefined ? '' : encode(shown(value))
  }
  return filled + text.slice(at)
}

const same = (text: string): string => text

/** As `fill`, for an address: what stands in a path can not leave it. @throws LunaError `invalid` */
export async function fillUrl(text: string, values: Values): Promise<string> {
  for (const [whole, , argument] of text.matchAll(slot)) {
    const value = argument === undefined ? '' : values.arguments[argument]
    if (value === undefined) throw new LunaError('invalid', `The address needs "${argument}", which was not given.`)
    if (whole && (value === '.' || value === '..'))
      throw new LunaError('invalid', `"${argument}" can not be "${value}".`)
  }
  return (await fill(text, values, encodeURIComponent)) ?? ''
}

/** A JSON value whose texts are templates; a text that is one slot alone keeps the type of its argument. */
export async function fillJson(value: unknown, values: Values): Promise<unknown> {
  if (typeof value === 'string') {
    const alone = /^\{([A-Za-z_][A-Za-z0-9_.-]{0,63})\}$/.exec(value)?.[1]
    if (alone !== undefined) return values.arguments[alone]
    return fill(value, values)
  }
  if (Array.isArray(value))
    return (await Promise.all(value.map(item => fillJson(item, values)))).filter(item => item !== undefined)
  if (typeof value !== 'object' || value === null) return value
  const members = await Promise.all(
    Object.entries(value).map(async ([name, member]) => [name, await fillJson(member, values)] as const),
  )
  return Object.fromEntries(members.filter(([, member]) => member !== undefined))
}
