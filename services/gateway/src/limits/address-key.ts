import { isIPv6 } from 'node:net'

/** The first four groups of an IPv6 address, `::` written out. */
function network(address: string): string {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** What an address is counted under: IPv4 as it is, IPv6 by its /64, since one household has all of that. */
export function addressKey(address: string): string {
  const bare = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')
  return isIPv6(bare) ? `${network(bare)}::/64` : bare
}
