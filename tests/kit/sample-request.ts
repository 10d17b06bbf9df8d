import { uuidv7 } from '@luna/client'

/** The parts of JSON Schema that the routes of Luna use. */
interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  format?: string
  minimum?: number
  minLength?: number
  minItems?: number
}

/** An operation of an OpenAPI document, as far as what it is asked with goes. */
export interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
}

/** The smallest body that an operation takes: what it requires, else its first field. Null when it takes no JSON. */
export function sampleBody({ requestBody }: Operation): object | null {
  const schema = requestBody?.content?.['application/json']?.schema
  if (!schema) return null
  const body = sampleOf(schema) as Record<string, unknown>
  const [first] = Object.entries(schema.properties ?? {})
  return Object.keys(body).length > 0 || !first ? body : { [first[0]]: sampleOf(first[1]) }
}

/** The path with this id, other parts and the query that it requires made up. */
export function samplePath(path: string, id: string, { parameters = [] }: Operation): string {
  const made = (where: string) => parameters.filter(one => one.in === where && (where === 'path' || one.required))
  const filled = made('path').reduce(
    (done, { name, schema = {} }) => done.replace(`{${name}}`, name === 'id' ? id : String(sampleOf(schema))),
    path,
  )
  const query = made('query').map(({ name, schema = {} }) => `${name}=${encodeURIComponent(String(sampleOf(schema)))}`)
  return query.length > 0 ? `${filled}?${query.join('&')}` : filled
}

function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0]
  if (choice) return sampleOf(choice)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map(name => [name, sampleOf(schema.properties?.[name] ?? {})]))
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}))
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      if (schema.format === 'uuid') return uuidv7()
      if (schema.format === 'uri') return 'https://example.org/'
      if (schema.format === 'date-time') return new Date(0).toISOString()
      return 'x'.repeat(Math.max(1, schema.minLength ?? 1))
  }
}
