import type { JsonSchema } from './json-schema.ts'

/** `input`: others write it, Luna reads. `output`: Luna writes it, others read. */
export type Direction = 'input' | 'output'

const list = (value: unknown): JsonSchema[] => (Array.isArray(value) ? (value as JsonSchema[]) : [])
const shape = (schema: JsonSchema) => (schema['properties'] ?? {}) as Record<string, JsonSchema>
const required = (schema: JsonSchema) => new Set((schema['required'] ?? []) as string[])
const short = (value: unknown) => JSON.stringify(value) ?? 'nothing'

/** What an option of a union is told by: its discriminator, else its type, else all of it. */
const optionKey = (option: JsonSchema): string => {
  const type = shape(option)['type']?.['const']
  return type === undefined ? (option['type'] === 'object' ? 'object' : short(option)) : `type ${short(type)}`
}

/**
 * What of `now` breaks whoever was built against `before`. Within a version fields are only added, as optional.
 * @returns one line for each break, beginning with the path of the field
 */
export function schemaBreaks(before: JsonSchema, now: JsonSchema, direction: Direction, path = ''): string[] {
  const at = path || 'the whole'
  for (const union of ['anyOf', 'oneOf'] as const) {
    if (before[union] || now[union]) return unionBreaks(list(before[union]), list(now[union]), direction, path, at)
  }
  if (short(before['type']) !== short(now['type']))
    return [`${at}: its type was ${short(before['type'])} and is ${short(now['type'])}`]
  return [
    ...wordBreaks(before, now, at),
    ...enumBreaks(before, now, direction, at),
    ...fieldBreaks(before, now, direction, path),
    ...nestedBreaks(before, now, direction, path),
  ]
}

/** Words of a schema that narrow or change what a value means. */
function wordBreaks(before: JsonSchema, now: JsonSchema, at: string): string[] {
  return ['const', 'format', 'pattern'].flatMap(word =>
    short(before[word]) === short(now[word])
      ? []
      : [`${at}: its ${word} was ${short(before[word])} and is ${short(now[word])}`],
  )
}

function enumBreaks(before: JsonSchema, now: JsonSchema, direction: Direction, at: string): string[] {
  const had = (before['enum'] as unknown[] | undefined) ?? []
  const has = (now['enum'] as unknown[] | undefined) ?? []
  if (had.length === 0 && has.length === 0) return []
  const gone = had.filter(value => !has.includes(value))
  const added = has.filter(value => !had.includes(value))
  return [
    ...(gone.length > 0 && direction === 'input' ? [`${at}: no longer takes ${gone.map(short).join(', ')}`] : []),
    ...(added.length > 0 && direction === 'output'
      ? [`${at}: may now be ${added.map(short).join(', ')}, which readers refuse`]
      : []),
  ]
}

function fieldBreaks(before: JsonSchema, now: JsonSchema, direction: Direction, path: string): string[] {
  const [had, has] = [shape(before), shape(now)]
  const [needed, needs] = [required(before), required(now)]
  const inside = (name: string) => (path ? `${path}.${name}` : name)
  return [
    ...Object.keys(had).flatMap(name => {
      const [old, fresh] = [had[name], has[name]]
      if (!old) return []
      if (!fresh) return [`${inside(name)}: was removed or renamed`]
      if (!needed.has(name) && needs.has(name)) return [`${inside(name)}: was optional and is required`]
      if (needed.has(name) && !needs.has(name) && direction === 'output')
        return [`${inside(name)}: was always there and is optional, which readers do not expect`]
      return schemaBreaks(old, fresh, direction, inside(name))
    }),
    ...Object.keys(has)
      .filter(name => !had[name] && needs.has(name))
      .map(name => `${inside(name)}: is new and required; add it as optional`),
  ]
}

function nestedBreaks(before: JsonSchema, now: JsonSchema, direction: Direction, path: string): string[] {
  return ['items', 'additionalProperties', 'prefixItems'].flatMap(word => {
    const pairs: [unknown, unknown][] = Array.isArray(before[word])
      ? list(before[word]).map((old, index) => [old, list(now[word])[index]])
      : [[before[word], now[word]]]
    return pairs.flatMap(([old, fresh]) =>
      isSchema(old) && isSchema(fresh) ? schemaBreaks(old, fresh, direction, `${path}[]`) : [],
    )
  })
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null

/** A frame type more is no break: readers pass over what they do not know. */
function unionBreaks(
  before: JsonSchema[],
  now: JsonSchema[],
  direction: Direction,
  path: string,
  at: string,
): string[] {
  if (before.length === 0 || now.length === 0) return [`${at}: became, or is no longer, one of several types`]
  const fresh = new Map(now.map(option => [optionKey(option), option]))
  const gone = before.filter(option => !fresh.has(optionKey(option)))
  const known = new Set(before.map(optionKey))
  const added = now.filter(option => !known.has(optionKey(option)) && !optionKey(option).startsWith('type '))
  return [
    ...gone.map(option => `${at}: ${optionKey(option)} was removed or its type changed`),
    ...(direction === 'output' ? added.map(option => `${at}: may now be ${optionKey(option)}`) : []),
    ...before.flatMap(option => {
      const same = fresh.get(optionKey(option))
      return same ? schemaBreaks(option, same, direction, path) : []
    }),
  ]
}
