export interface Origins {
  /** Whether a browser's Origin header is Luna's own (as the Host header says) or a configured one. */
  allowed(origin: string | undefined, host: string | undefined): boolean
  /** Whether it is one of LUNA_ORIGINS: what CORS answers to. */
  configured(origin: string): boolean
}

/** @param configured serialised origins, such as `https://luna.example.org` */
export function createOrigins(configured: readonly string[]): Origins {
  const known = new Set(configured)
  return {
    configured: origin => known.has(origin),
    allowed(origin, host) {
      if (!origin || origin === 'null') return false
      if (known.has(origin)) return true
      if (!host || !URL.canParse(origin)) return false
      const url = new URL(origin)
      return /^https?:$/.test(url.protocol) && url.host === withoutDefaultPort(host.toLowerCase(), url.protocol)
    },
  }
}

const withoutDefaultPort = (host: string, protocol: string): string =>
  host.replace(protocol === 'https:' ? /:443$/ : /:80$/, '')
