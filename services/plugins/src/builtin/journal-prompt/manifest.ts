import type { PluginManifestInput } from '@luna/contracts'

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'journal-prompt',
  name: 'Journal prompt',
  version: '1.0.0',
  author: 'Luna',
  description: 'Gives a question to write about, another one each time until all have come.',
  license: 'Apache-2.0',
  tags: ['journal', 'writing'],
  capabilities: { storage: true },
  actions: [
    {
      name: 'draw',
      description: 'Draws a question to write about in a journal.',
      effect: 'read',
      offered: false,
      parameters: {
        type: 'object',
        properties: {
          theme: {
            type: 'string',
            enum: ['any', 'gratitude', 'feelings', 'people', 'work', 'future', 'past'],
            default: 'any',
          },
        },
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
  ],
  commands: [
    {
      name: 'journal-prompt',
      description: 'A question to write about: /journal-prompt gratitude',
      action: 'draw',
      arguments: [{ name: 'theme', description: 'gratitude, feelings, people, work, future or past' }],
    },
  ],
}
