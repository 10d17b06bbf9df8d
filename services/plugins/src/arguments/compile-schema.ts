import type { ValidateFunction } from 'ajv'
import { LRUCache } from 'lru-cache'

const compiled = new LRUCache<string, ValidateFunction>({ max: 500 })

/**
 * A check of JSON Schema 2020-12. Formats and unknown words are notes; what a schema refers to must be in it.
 * @throws Error for what is no JSON Schema
 */
export async function compileSchema(schema: Record<string, unknown>): Promise<ValidateFunction> {
  const { $schema: _dialect, $id: _id, ...plain } = schema
  const text = JSON.stringify(plain)
  const known = compiled.get(text)
  if (known) return known
  const { Ajv2020 } = await import('ajv/dist/2020.js')
  const ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    allErrors: true,
    useDefaults: true,
    coerceTypes: false,
    logger: false,
  })
  const check = ajv.compile(plain)
  compiled.set(text, check)
  return check
}
