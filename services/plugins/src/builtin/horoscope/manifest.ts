import type { PluginManifestInput } from '@luna/contracts'
import { birthParameters } from '../kundli/birth/parameters.ts'

const run = { type: 'builtin' } as const
const { profile: _profile, ...birth } = birthParameters

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'horoscope',
  name: 'Horoscope',
  version: '1.0.0',
  author: 'Luna',
  description:
    'Where Sun, Moon and planets stand on a day against a birth chart, in the Vedic way: computed positions and what tradition calls them. It says what it is: no prediction, and nothing is made up.',
  license: 'Apache-2.0',
  tags: ['astrology', 'jyotish'],
  capabilities: { storage: true },
  actions: [
    {
      name: 'transits',
      description:
        'The transits of a day against a person’s birth (or Moon sign alone): signs, houses, running dasha. Use it when somebody asks for their horoscope of a day. Tell them that it is tradition, not prediction.',
      effect: 'read',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: {
          ...birth,
          sign: {
            type: 'string',
            maxLength: 20,
            description: 'The Moon sign alone, when the birth is not known: Leo or Simha.',
          },
          on: { type: 'string', maxLength: 10, description: 'The day, such as 2026-11-21; now unless said.' },
        },
        additionalProperties: false,
      },
      run,
    },
    {
      name: 'save-birth',
      description: 'Saves the person’s own date, time and place of birth for later horoscopes.',
      effect: 'act',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: birth,
        required: ['date', 'time', 'place'],
        additionalProperties: false,
      },
      run,
    },
    { name: 'forget-birth', description: 'Forgets the saved birth.', effect: 'act', offered: false, run },
  ],
  commands: [
    {
      name: 'horoscope',
      description: 'The transits of today against your birth: /horoscope, or /horoscope --sign Leo --on 2026-12-01',
      action: 'transits',
      flags: [
        { name: 'sign', short: 's', description: 'Moon sign, when your birth is not saved' },
        { name: 'on', short: 'd', description: 'which day' },
      ],
    },
    {
      name: 'horoscope-save',
      description: 'Saves your birth: /horoscope-save 1990-05-17 06:45 Pune, India',
      action: 'save-birth',
      arguments: [
        { name: 'date', description: 'year-month-day', required: true },
        { name: 'time', description: 'hours:minutes, 24 hours', required: true },
        { name: 'place', description: 'town and country, or coordinates', required: true, rest: true },
      ],
      flags: [
        { name: 'zone', description: 'time zone, when not that of the place' },
        { name: 'offset', description: 'offset from UTC, when known: +05:30' },
        { name: 'occurrence', description: 'first or second, of a time that clocks showed twice' },
      ],
    },
    { name: 'horoscope-forget', description: 'Forgets your saved birth.', action: 'forget-birth' },
  ],
}
