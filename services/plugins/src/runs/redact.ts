const telling = /pass|secret|token|api.?key|authori|credential|cookie/i
const longest = 200

/** Arguments as they are recorded: no secret, no long text. */
export function redacted(value: unknown, name = ''): unknown {
  if (telling.test(name)) return '[left out]'
  if (typeof value === 'string')
    return value.length > longest ? `${value.slice(0, longest)}… (${value.length} characters)` : value
  if (Array.isArray(value)) return value.slice(0, 50).map(item => redacted(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 50)
      .map(([key, member]) => [key, redacted(member, key)]),
  )
}
