import type { PluginManifestInput } from '@luna/contracts'

type Action = PluginManifestInput['actions'][number]

/** A plugin that asks a site for an echo, with a bearer token. */
export const httpManifest = (url: string, action: Partial<Action> = {}): PluginManifestInput => ({
  manifest: 1,
  id: 'echo',
  name: 'Echo',
  version: '1.0.0',
  author: 'tests',
  description: 'Says what it was asked.',
  capabilities: { hosts: [new URL(url).host], secrets: [{ name: 'API_KEY' }] },
  actions: [
    {
      name: 'echo',
      description: 'Echoes.',
      effect: 'read',
      parameters: { type: 'object', properties: { q: { type: 'string' } } },
      run: { type: 'http', url: `${url}/echo`, query: { q: '{q}' }, auth: { type: 'bearer', secret: 'API_KEY' } },
      ...action,
    },
  ],
})

/** A plugin of code. */
export const codeManifest = (
  id: string,
  source: string,
  more: Partial<PluginManifestInput> & { timeoutMs?: number } = {},
): PluginManifestInput => {
  const { timeoutMs = 8_000, ...rest } = more
  return {
    manifest: 1,
    id,
    name: id,
    version: '1.0.0',
    author: 'tests',
    description: 'Code.',
    code: { source },
    actions: [
      {
        name: 'run',
        description: 'Runs.',
        effect: 'act',
        parameters: { type: 'object' },
        timeoutMs,
        run: { type: 'code' },
      },
    ],
    ...rest,
  }
}
