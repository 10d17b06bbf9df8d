import * as exported from '@luna/contracts'
import { z } from 'zod'

export type JsonSchema = { [key: string]: unknown }

/** The shapes that have a name of their own in the documents: every exported object or union of @luna/contracts. */
const named = z.registry<{ id: string }>()
const pascal = (name: string) => name[0]?.toUpperCase() + name.slice(1)
for (const [name, value] of Object.entries(exported))
  if (value instanceof z.ZodObject || value instanceof z.ZodDiscriminatedUnion) named.add(value, { id: pascal(name) })

/**
 * What may stand on the wire, as JSON Schema 2020-12: the input side, so that a default makes a field optional and an
 * object that drops unknown keys allows them. A limit in code points is a refinement, for which JSON Schema has no word.
 */
export function inlineSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', override: tidy })
  return rest
}

/** As {@link inlineSchema}, with named shapes put into `components` and referred to. */
export function referringSchema(schema: z.ZodType, components: Map<string, JsonSchema>): JsonSchema {
  const { $schema: _dialect, $defs, ...rest } = z.toJSONSchema(schema, { io: 'input', metadata: named, override: tidy })
  for (const [name, definition] of Object.entries($defs ?? {}))
    components.set(name, repointed(definition) as JsonSchema)
  return repointed(rest) as JsonSchema
}

/** A format says it all, and a whole number is one: zod's pattern and its bounds of exactness would only fill pages. */
function tidy({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema['format']) delete jsonSchema['pattern']
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum']
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum']
}

function repointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(repointed)
  if (typeof value !== 'object' || value === null) return value
  const { $ref, ...rest } = value as JsonSchema
  const children = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, repointed(child)]))
  return typeof $ref === 'string' ? { $ref: $ref.replace('#/$defs/', '#/components/schemas/'), ...children } : children
}
