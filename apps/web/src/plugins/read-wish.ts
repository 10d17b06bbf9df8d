import type { InstallWish } from '@luna/client'
import type { Plugin } from '@luna/contracts'

/** What the form of a plugin grants. Secrets that were left empty stay as they are. */
export function readWish({ capabilities }: Pick<Plugin, 'capabilities'>, form: FormData): Required<InstallWish> {
  const secrets: Record<string, string> = {}
  for (const { name } of capabilities.secrets) {
    const value = form.get(`secret ${name}`)
    if (typeof value === 'string' && value !== '') secrets[name] = value
  }
  return {
    grant: {
      hosts: capabilities.hosts.filter(host => form.has(`host ${host}`)),
      memory: { read: form.has('memory.read'), write: form.has('memory.write') },
      storage: form.has('storage'),
      timers: form.has('timers'),
      reading: form.has('reading'),
    },
    secrets,
  }
}
