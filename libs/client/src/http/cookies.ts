/** Keeps a server's cookies where the platform does not (Node). Names and values only: one server, one jar. */
export interface CookieJar {
  header(): string | null
  take(response: Response): void
  clear(): void
}

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>()
  return {
    header: () => (cookies.size === 0 ? null : [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')),
    take: response => {
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(';')
        const at = pair.indexOf('=')
        if (at < 1) continue
        const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
        if (value === '' || attributes.some(isOver)) cookies.delete(name)
        else cookies.set(name, value)
      }
    },
    clear: () => cookies.clear(),
  }
}

const isOver = (attribute: string): boolean => {
  const [name = '', value = ''] = attribute.split('=')
  if (/^\s*max-age\s*$/i.test(name)) return Number(value) <= 0
  if (/^\s*expires\s*$/i.test(name)) return Date.parse(value) <= Date.now()
  return false
}
