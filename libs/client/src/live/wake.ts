interface EventSource {
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
}

interface Page {
  window?: EventSource
  document?: EventSource & { visibilityState?: string }
  navigator?: { onLine?: boolean }
}

/** Calls back when the network returns or the page is looked at again; nothing outside a browser. */
export function onWake(wake: () => void): () => void {
  const { window, document } = globalThis as Page
  if (!window || !document || typeof window.addEventListener !== 'function') return () => undefined
  const visible = (): void => {
    if (document.visibilityState === 'visible') wake()
  }
  window.addEventListener('online', wake)
  window.addEventListener('pageshow', wake)
  document.addEventListener('visibilitychange', visible)
  return () => {
    window.removeEventListener('online', wake)
    window.removeEventListener('pageshow', wake)
    document.removeEventListener('visibilitychange', visible)
  }
}

/** False only when the browser is sure that there is no network. */
export const maybeOnline = (): boolean => (globalThis as Page).navigator?.onLine !== false
