import type { PluginManifestInput } from '@luna/contracts'

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'weather',
  name: 'Weather',
  version: '1.0.0',
  author: 'Luna',
  description:
    'The weather now and in the coming days, from the open service Open-Meteo. Needs the network; the place that is asked for is sent there.',
  license: 'Apache-2.0',
  homepage: 'https://open-meteo.com/',
  tags: ['forecast'],
  capabilities: { hosts: ['geocoding-api.open-meteo.com', 'api.open-meteo.com'] },
  actions: [
    {
      name: 'forecast',
      description: 'The weather at a place: now, and for up to seven days.',
      effect: 'read',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: {
          place: {
            type: 'string',
            minLength: 1,
            maxLength: 100,
            description: 'a city, with its country where there are several',
          },
          days: { type: 'integer', minimum: 1, maximum: 7, default: 1 },
          units: { type: 'string', enum: ['metric', 'imperial'], default: 'metric' },
        },
        required: ['place'],
        additionalProperties: false,
      },
      timeoutMs: 12_000,
      run: { type: 'builtin' },
    },
  ],
  commands: [
    {
      name: 'weather',
      description: 'The weather at a place: /weather Paris --days 3',
      action: 'forecast',
      arguments: [
        { name: 'place', description: 'a city; put quotes around several words with flags behind', required: true },
      ],
      flags: [
        { name: 'days', short: 'd', description: '1 to 7' },
        { name: 'units', short: 'u', description: 'metric or imperial' },
      ],
    },
  ],
}
