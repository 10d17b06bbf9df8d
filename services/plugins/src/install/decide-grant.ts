import type { Capabilities, Grant, PluginAction } from '@luna/contracts'

/** All that a manifest asks for. */
export const everything = (asked: Capabilities, reading = false): Grant => ({
  hosts: asked.hosts,
  memory: asked.memory,
  storage: asked.storage,
  timers: asked.timers,
  reading,
})

/** A grant never holds more than was asked for. */
export const clip = (grant: Grant, asked: Capabilities): Grant => ({
  hosts: asked.hosts.filter(host => grant.hosts.includes(host)),
  memory: { read: asked.memory.read && grant.memory.read, write: asked.memory.write && grant.memory.write },
  storage: asked.storage && grant.storage,
  timers: asked.timers && grant.timers,
  reading: grant.reading,
})

/** What a manifest asks for beyond another one, in words for the person. */
export function asksForMore(before: Capabilities, after: Capabilities): string[] {
  const more = after.hosts.filter(host => !before.hosts.includes(host)).map(host => `host ${host}`)
  if (after.memory.read && !before.memory.read) more.push('memory read')
  if (after.memory.write && !before.memory.write) more.push('memory write')
  if (after.storage && !before.storage) more.push('storage')
  if (after.timers && !before.timers) more.push('timers')
  const known = new Set(before.secrets.map(secret => secret.name))
  for (const { name } of after.secrets) if (!known.has(name)) more.push(`secret ${name}`)
  return more
}

export type Consent = 'allowed' | 'ask' | 'denied'

/** Whether an action may run: what the person decided, else reading as granted, and acting by asking. */
export function consentOf(
  { effect }: Pick<PluginAction, 'effect'>,
  { reading }: Pick<Grant, 'reading'>,
  decision: 'always' | 'never' | 'ask' | undefined,
): Consent {
  if (decision === 'never') return 'denied'
  if (decision === 'always') return 'allowed'
  if (decision === 'ask') return 'ask'
  return effect === 'read' && reading ? 'allowed' : 'ask'
}
