import { isIP } from 'node:net'

export interface Hosts {
  /** Whether a request with this Host header is answered at all. */
  allowed(host: string | undefined): boolean
}

/** The name in a Host header, lower case, without port and IPv6 brackets; null when it is not well-formed. */
export function hostName(host: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host ?? '')
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null
}

/** Whether a name or address is this machine's own: what local mode asks of bind, peer and Host. */
export function isLoopback(name: string | null | undefined): boolean {
  if (!name) return false
  const bare = name.toLowerCase().replace(/^::ffff:/, '')
  if (isIP(bare) === 4) return bare.startsWith('127.')
  return bare === '::1' || bare === 'localhost' || bare.endsWith('.localhost')
}

/**
 * Names that are answered: loopback, IP literals (DNS rebinding needs a name), the host that is bound, and the hosts of the
 * configured origins. Any other name is somebody else's page that made its own name point here.
 */
export function createHosts(bound: string, origins: readonly string[]): Hosts {
  const names = new Set([bound.toLowerCase(), ...origins.map(origin => new URL(origin).hostname.toLowerCase())])
  return {
    allowed(host) {
      const name = hostName(host)
      return name !== null && (isIP(name) !== 0 || isLoopback(name) || names.has(name))
    },
  }
}
