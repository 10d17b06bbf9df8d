import type { PluginManifestInput } from '@luna/contracts'

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'poem',
  name: 'Poem',
  version: '1.0.0',
  author: 'Luna',
  description: 'Asks the companion for a poem in a form, with the rules of the form at hand.',
  license: 'Apache-2.0',
  tags: ['writing'],
  actions: [
    {
      name: 'brief',
      description: 'The rules of a form of verse, for writing a poem about a subject.',
      effect: 'read',
      repeatable: true,
      offered: false,
      parameters: {
        type: 'object',
        properties: {
          about: { type: 'string', maxLength: 300 },
          form: {
            type: 'string',
            enum: ['haiku', 'limerick', 'sonnet', 'ghazal', 'villanelle', 'tanka', 'couplet', 'free'],
            default: 'free',
          },
        },
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
  ],
  commands: [
    {
      name: 'poem',
      description: 'A poem about something: /poem --form haiku the first snow',
      action: 'brief',
      arguments: [{ name: 'about', description: 'what it is about', rest: true }],
      flags: [
        {
          name: 'form',
          short: 'f',
          description: 'haiku, limerick, sonnet, ghazal, villanelle, tanka, couplet or free',
        },
      ],
      reply: 'companion',
    },
  ],
}
