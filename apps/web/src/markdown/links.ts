const schemes = new Set(['http:', 'https:', 'mailto:'])

export interface SafeLink {
  href: string
  /** What the reader is told about where it leads. */
  host: string
}

/** A link of a model's text as one that may be opened; null for anything but the web and mail. */
export function safeLink(href: unknown): SafeLink | null {
  if (typeof href !== 'string') return null
  let url: URL
  try {
    url = new URL(href)
  } catch {
    return null
  }
  if (!schemes.has(url.protocol)) return null
  return { href: url.href, host: url.protocol === 'mailto:' ? url.pathname : url.host }
}
