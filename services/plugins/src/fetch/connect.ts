import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { LunaError } from '@luna/contracts'
import { Agent, buildConnector } from 'undici'
import { mayReach, type ReachableHosts } from './reachable-hosts.ts'

export type Resolve = (hostname: string) => Promise<readonly { address: string }[]>

const systemResolve: Resolve = hostname => lookup(hostname, { all: true, verbatim: true })

export const refusedAddress = (hostname: string): LunaError =>
  new LunaError(
    'forbidden',
    `"${hostname}" is not a public address. Plugins reach public addresses only; an operator can open a private one in LUNA_PLUGIN_HOSTS.`,
  )

/**
 * Connections to addresses that were checked and no others: a literal is checked as it is, a name by every address it
 * has, and the socket goes to the address that was checked, so that a second DNS answer changes nothing.
 */
export function createCheckedAgent(reachable: ReachableHosts, resolve: Resolve = systemResolve): Agent {
  const connector = buildConnector({ timeout: 5_000 })
  const checked: buildConnector.connector = (options, callback) => {
    const { hostname } = options
    const port = options.port || (options.protocol === 'https:' ? '443' : '80')
    const connect = (address: string) => {
      const servername = isIP(hostname) ? '' : hostname
      connector({ ...options, hostname: address, ...(servername ? { servername } : {}) }, callback)
    }
    const refuse = (error: Error) => callback(error, null)
    if (isIP(hostname)) {
      if (mayReach(reachable, { hostname, port, address: hostname })) connect(hostname)
      else refuse(refusedAddress(hostname))
      return
    }
    resolve(hostname).then(
      answers => {
        const [first] = answers
        if (!first) return refuse(new LunaError('unavailable', `"${hostname}" has no address.`))
        if (!answers.every(({ address }) => mayReach(reachable, { hostname, port, address })))
          return refuse(refusedAddress(hostname))
        connect(first.address)
      },
      () => refuse(new LunaError('unavailable', `The name "${hostname}" could not be resolved.`)),
    )
  }
  return new Agent({
    connect: checked,
    connections: 32,
    keepAliveTimeout: 10_000,
    keepAliveMaxTimeout: 30_000,
    maxHeaderSize: 32_768,
  })
}
