import type { PluginManifestInput } from '@luna/contracts'

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'calculator',
  name: 'Calculator',
  version: '1.0.0',
  author: 'Luna',
  description: 'Works out arithmetic exactly as written: + - * / % ^, brackets, roots, logarithms, trigonometry.',
  license: 'Apache-2.0',
  tags: ['numbers'],
  actions: [
    {
      name: 'evaluate',
      description: 'Works out an arithmetic expression, such as (2 + 3) * 4 ^ 2 or sqrt(2) * sin(30 deg).',
      effect: 'read',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: { expression: { type: 'string', minLength: 1, maxLength: 500 } },
        required: ['expression'],
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
  ],
  commands: [
    {
      name: 'calc',
      description: 'Works out an expression: /calc (2 + 3) * 4',
      action: 'evaluate',
      arguments: [{ name: 'expression', description: 'what to work out', required: true, rest: true }],
    },
  ],
}
