import { createLuna, webStorage } from '@luna/client'

function storage() {
  try {
    return { storage: webStorage(localStorage) }
  } catch {
    return {}
  }
}

/** This page's client: same origin, session by cookie, unsent messages kept in this browser. */
export const luna = createLuna({
  baseUrl: location.origin,
  client: { name: 'luna-web', version: '0.1.0' },
  ...storage(),
})
