import type { PluginManifestInput } from '@luna/contracts'

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'memory',
  name: 'Memory',
  version: '1.0.0',
  author: 'Luna',
  description:
    'Writes something down in your memories, and looks something up in them, by command or by the companion.',
  license: 'Apache-2.0',
  tags: ['remember', 'recall'],
  capabilities: { memory: { read: true, write: true } },
  actions: [
    {
      name: 'remember',
      description:
        'Writes down a fact about the person for later conversations, in one sentence. Only when the person asks for it to be remembered.',
      effect: 'act',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: { text: { type: 'string', minLength: 1, maxLength: 2_000 } },
        required: ['text'],
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
    {
      name: 'recall',
      description: 'Looks up what is remembered of the person about a subject.',
      effect: 'read',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: {
          query: { type: 'string', minLength: 1, maxLength: 500 },
          limit: { type: 'integer', minimum: 1, maximum: 20, default: 5 },
        },
        required: ['query'],
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
  ],
  commands: [
    {
      name: 'remember',
      description: 'Writes something down: /remember my sister is called Ada',
      action: 'remember',
      arguments: [{ name: 'text', description: 'what to remember', required: true, rest: true }],
    },
    {
      name: 'recall',
      description: 'What is remembered about something: /recall sister',
      action: 'recall',
      arguments: [{ name: 'query', description: 'what to look for', required: true, rest: true }],
    },
  ],
}
