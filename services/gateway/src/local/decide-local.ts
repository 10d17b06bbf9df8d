import { hostName, isLoopback } from '../http/hosts.ts'

/** What of a request and of the settings decides whether the owner may be signed in without a password. */
export interface LocalFacts {
  mode: 'local' | 'accounts'
  /** Where the gateway listens. */
  boundTo: string
  /** The address at the other end of the connection itself, whatever headers say. */
  peer: string | undefined
  headers: Readonly<Record<string, string | string[] | undefined>>
  originAllowed: boolean
}

const forwarding = ['forwarded', 'via', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip']
const isForwarding = (name: string): boolean => name.startsWith('x-forwarded-') || forwarding.includes(name)

/**
 * Why not, or null when the owner sits at this very machine: bound to loopback, spoken to over loopback by a loopback name
 * (else a foreign page has made its name point here), through no proxy, by Luna's own page or by no page at all.
 */
export function refuseLocal({ mode, boundTo, peer, headers, originAllowed }: LocalFacts): string | null {
  if (mode !== 'local') return 'Luna does not run in local mode. Sign in with mail address and password.'
  if (!isLoopback(boundTo)) return 'Luna listens on more than this machine, so nobody is signed in without a password.'
  if (!isLoopback(peer)) return 'Only this machine itself is signed in without a password.'
  const host = headers['host']
  if (!isLoopback(hostName(typeof host === 'string' ? host : undefined)))
    return 'Open Luna as http://127.0.0.1 or http://localhost: under another name nobody is signed in without a password.'
  if (Object.keys(headers).some(isForwarding))
    return 'The request came through a proxy. Behind a proxy set LUNA_AUTH=accounts and sign in.'
  const { origin, 'sec-fetch-site': site } = headers
  const ownPage = origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : originAllowed
  return ownPage ? null : 'The request comes from a page that is not Luna’s own.'
}
