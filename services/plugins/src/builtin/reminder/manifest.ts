import type { PluginManifestInput } from '@luna/contracts'

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'reminder',
  name: 'Reminder',
  version: '1.0.0',
  author: 'Luna',
  description: 'The companion writes first at the time you ask for.',
  license: 'Apache-2.0',
  tags: ['timer', 'alarm'],
  capabilities: { timers: true, storage: true },
  actions: [
    {
      name: 'set',
      description:
        'Sets a reminder: the companion writes to the person at that time. `when` is "in 10 minutes", "tomorrow 9:00", "friday 18:30" or ISO 8601.',
      effect: 'act',
      parameters: {
        type: 'object',
        properties: {
          when: { type: 'string', minLength: 1, maxLength: 80 },
          what: { type: 'string', minLength: 1, maxLength: 500 },
          zone: { type: 'string', maxLength: 64, description: 'IANA time zone of the person; kept for the next time' },
        },
        required: ['when', 'what'],
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
    {
      name: 'list',
      description: 'The reminders that are set.',
      effect: 'read',
      repeatable: true,
      parameters: { type: 'object', properties: {}, additionalProperties: false },
      run: { type: 'builtin' },
    },
    {
      name: 'cancel',
      description: 'Takes a reminder away, by its number in the list.',
      effect: 'act',
      parameters: {
        type: 'object',
        properties: { number: { type: 'integer', minimum: 1 } },
        required: ['number'],
        additionalProperties: false,
      },
      run: { type: 'builtin' },
    },
  ],
  commands: [
    {
      name: 'remind',
      description: 'Sets a reminder: /remind "in 10 minutes" water the plants',
      action: 'set',
      arguments: [
        { name: 'when', description: '"in 10 minutes", 18:30, "tomorrow 9:00", "friday 8:00"', required: true },
        { name: 'what', description: 'what to be reminded of', required: true, rest: true },
      ],
      flags: [{ name: 'zone', short: 'z', description: 'your time zone, such as Europe/Paris; kept' }],
    },
    { name: 'reminders', description: 'What is set.', action: 'list' },
    {
      name: 'forget-reminder',
      description: 'Takes one away: /forget-reminder 2',
      action: 'cancel',
      arguments: [{ name: 'number', description: 'its number in /reminders', required: true }],
    },
  ],
}
