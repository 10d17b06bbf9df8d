import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Private places that the operator has opened for plugins. */
export interface ReachableHosts {
  readonly names: ReadonlySet<string>
  readonly networks: readonly [Address, number][]
}

const namePattern = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:\d{1,5})?$/i

/** Reads `localhost:9000, 10.0.0.0/8, nas.home`. Every fault is told. */
export function parseReachableHosts(text: string): { hosts: ReachableHosts; faults: string[] } {
  const names = new Set<string>()
  const networks: [Address, number][] = []
  const faults: string[] = []
  for (const part of text.split(',').map(one => one.trim())) {
    if (part === '') continue
    try {
      if (part.includes('/')) networks.push(ipaddr.parseCIDR(part))
      else if (ipaddr.isValid(part)) networks.push([ipaddr.parse(part), ipaddr.IPv6.isValid(part) ? 128 : 32])
      else if (namePattern.test(part)) names.add(part.toLowerCase())
      else faults.push(`"${part}" is not a host, a host with a port, or a network such as 10.0.0.0/8`)
    } catch {
      faults.push(`"${part}" is not a network such as 10.0.0.0/8`)
    }
  }
  return { hosts: { names, networks }, faults }
}

/** May a connection for `hostname` and `port` go to this address? Public ones always; others where the operator says so. */
export function mayReach(
  reachable: ReachableHosts,
  target: { hostname: string; port: string; address: string },
): boolean {
  if (!ipaddr.isValid(target.address)) return false
  const address = ipaddr.process(target.address)
  if (address.range() === 'unicast') return true
  const name = target.hostname.toLowerCase().replace(/\.$/, '')
  if (reachable.names.has(name) || reachable.names.has(`${name}:${target.port}`)) return true
  return reachable.networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network as never, bits),
  )
}
