import type { PluginManifestInput } from '@luna/contracts'

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'time',
  name: 'Time',
  version: '1.0.0',
  author: 'Luna',
  description: 'Tells the date and time in any time zone, and how long it is between two dates.',
  license: 'Apache-2.0',
  tags: ['date', 'clock'],
  actions: [
    {
      name: 'now',
      description: 'The present date, weekday and time in a time zone (an IANA name such as Europe/Paris, or a city).',
      effect: 'read',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: { zone: { type: 'string', maxLength: 64, description: 'IANA name or city; UTC when left out' } },
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
    {
      name: 'between',
      description:
        'How many days, weeks and hours lie between two dates or times (ISO 8601); the second is now when left out.',
      effect: 'read',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: { from: { type: 'string', maxLength: 40 }, to: { type: 'string', maxLength: 40 } },
        required: ['from'],
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
  ],
  commands: [
    {
      name: 'time',
      description: 'The time somewhere: /time Tokyo',
      action: 'now',
      arguments: [{ name: 'zone', description: 'a city or a time zone', rest: true }],
    },
  ],
}
