import type { ConnectionOptions } from '@nats-io/nats-core'

/**
 * NATS_URL as the client takes it: one or more comma-separated servers. User and password, or a token alone, may stand
 * before the host of the first. A user hears answers under an inbox of its own, so that accounts can be kept apart.
 */
export function serverAddresses(
  url: string,
): Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'inboxPrefix'> {
  const parts = url.split(',').map(part => part.trim())
  const [, credentials] = /^(?:\w+:\/\/)?([^@/]+)@/.exec(parts[0] ?? '') ?? []
  const servers = parts.map(part => part.replace(/^(\w+:\/\/)?[^@/]+@/, '$1'))
  if (credentials === undefined) return { servers }
  const [first = '', ...rest] = credentials.split(':').map(decodeURIComponent)
  if (rest.length === 0) return { servers, token: first }
  return { servers, user: first, pass: rest.join(':'), inboxPrefix: inboxOf(first) }
}

/** Under which a user hears answers; in the permissions of `deploy/k8s/base/accounts.conf` too. */
export const inboxOf = (user: string): string => `_INBOX.${user.replaceAll(/[^A-Za-z0-9-]/g, '-')}`
