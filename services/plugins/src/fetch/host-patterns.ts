const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/** Is a URL within the granted hosts? A pattern without a port means the scheme's own. */
export function withinHosts(patterns: readonly string[], url: URL): boolean {
  const port = url.port || (defaultPorts[url.protocol] ?? '')
  const name = url.hostname.toLowerCase().replace(/\.$/, '')
  return patterns.some(pattern => {
    const match = /^(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase())
    const host = match?.[1] ?? ''
    const wantedPort = match?.[2] ?? defaultPorts[url.protocol]
    if (port !== wantedPort) return false
    return host.startsWith('*.') ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host
  })
}
