/** The smallest value that a JSON Schema allows, for callers that ask for structured output. Knows what `z.toJSONSchema` writes. */
export function exampleValue(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return null
  const node = schema as Record<string, unknown>
  if ('const' in node) return node['const']
  if ('default' in node) return node['default']
  if (Array.isArray(node['enum'])) return node['enum'][0]
  const choices = node['anyOf'] ?? node['oneOf']
  if (Array.isArray(choices)) return exampleValue(choices[0])
  switch (node['type']) {
    case 'object':
      return exampleObject(node)
    case 'array':
      return Array.from({ length: Number(node['minItems'] ?? 0) }, () => exampleValue(node['items']))
    case 'string':
      return 'a'.repeat(Math.max(1, Number(node['minLength'] ?? 1)))
    case 'integer':
    case 'number':
      return exampleNumber(node)
    case 'boolean':
      return false
    default:
      return null
  }
}

function exampleObject(node: Record<string, unknown>): Record<string, unknown> {
  const properties = (node['properties'] ?? {}) as Record<string, unknown>
  const required = Array.isArray(node['required']) ? (node['required'] as string[]) : []
  return Object.fromEntries(required.map(key => [key, exampleValue(properties[key])]))
}

function exampleNumber(node: Record<string, unknown>): number {
  const least = Number(node['minimum'] ?? node['exclusiveMinimum'] ?? 0)
  const most = Number(node['maximum'] ?? Number.MAX_SAFE_INTEGER)
  const found = 'exclusiveMinimum' in node ? least + 1 : least
  // JSON Schema of a safe integer has the whole range: 0 is the plainest number in it.
  return found <= 0 && most >= 0 ? 0 : found
}
