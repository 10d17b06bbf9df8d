import type { Source } from './need.ts'

/** What this machine offers for one kind of server. */
export interface Offers {
  url: string | undefined
  docker: boolean
  binary: string | undefined
  /** Whether Debian has a package of it and we may install it. */
  installable: boolean
}

/** The order in which real servers for tests are looked for; undefined: there is none. */
export function chooseSource(offers: Offers, own: boolean): Source | undefined {
  if (offers.url && !own) return 'url'
  if (offers.docker) return 'docker'
  if (offers.binary) return 'path'
  return offers.installable ? 'package' : undefined
}
