/**
 * Whether OpenAI's strict mode takes this JSON Schema: every object lists all its properties as required and allows no
 * others. Where it does not, the schema is sent as a hint and zod alone decides.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema)
  if (typeof schema !== 'object' || schema === null) return true
  const node = schema as Record<string, unknown>
  if (node['type'] === 'object') {
    const names = Object.keys((node['properties'] ?? {}) as object)
    const required = Array.isArray(node['required']) ? (node['required'] as string[]) : []
    if (node['additionalProperties'] !== false || names.some(name => !required.includes(name))) return false
  }
  return Object.values(node).every(isStrictSchema)
}
