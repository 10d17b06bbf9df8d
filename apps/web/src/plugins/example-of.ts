type Schema = Readonly<Record<string, unknown>>

const empty: Readonly<Record<string, unknown>> = {
  string: '',
  number: 0,
  integer: 0,
  boolean: false,
  array: [],
  object: {},
}

/** Arguments to begin with: what is required, and what has a default. */
export function exampleOf(parameters: Schema): Record<string, unknown> {
  const required = Array.isArray(parameters['required']) ? (parameters['required'] as unknown[]) : []
  const properties = Object.entries((parameters['properties'] ?? {}) as Readonly<Record<string, Schema>>)
  const shown = properties.filter(([name, schema]) => required.includes(name) || schema['default'] !== undefined)
  return Object.fromEntries(
    (shown.length > 0 ? shown : properties.slice(0, 1)).map(([name, schema]) => [
      name,
      schema['default'] ?? (Array.isArray(schema['enum']) ? schema['enum'][0] : (empty[String(schema['type'])] ?? '')),
    ]),
  )
}
