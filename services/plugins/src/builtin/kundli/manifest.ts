import type { PluginManifestInput } from '@luna/contracts'
import { birthParameters, styleParameter } from './birth/parameters.ts'

const run = { type: 'builtin' } as const
const birth = (more: Record<string, unknown> = {}) => ({
  type: 'object',
  properties: { ...birthParameters, ...more },
  additionalProperties: false,
})
const { profile: _profile, ...birthAlone } = birthParameters
const name = {
  type: 'string',
  minLength: 1,
  maxLength: 80,
  description: 'Name of the profile, such as the first name.',
}

export const manifest: PluginManifestInput = {
  manifest: 1,
  id: 'kundli',
  name: 'Kundli',
  version: '1.0.0',
  author: 'Luna',
  description:
    'Vedic birth charts: sidereal positions (Lahiri), houses, nakshatras, navamsha and fifteen other divisions, Vimshottari periods, yogas, panchanga, drawings, a report to print. Tradition for reflection, not prediction. Works without a network; places from GeoNames (CC BY 4.0).',
  license: 'Apache-2.0',
  tags: ['astrology', 'kundli', 'jyotish'],
  capabilities: { storage: true },
  actions: [
    {
      name: 'facts',
      description:
        'All facts of a Vedic birth chart (positions, houses, periods, yogas) to answer a question about it from. Use it for every question about somebody’s kundli, horoscope at birth, dasha or nakshatra.',
      effect: 'read',
      repeatable: true,
      parameters: birth({
        question: { type: 'string', maxLength: 1_000, description: 'What the person wants to know.' },
      }),
      run,
    },
    {
      name: 'chart',
      description: 'Draws a Vedic birth chart (Rashi and Navamsha) with a table of positions.',
      effect: 'read',
      repeatable: true,
      parameters: birth(styleParameter),
      run,
    },
    {
      name: 'report',
      description: 'Makes a kundli report of several pages, as a file to read or print.',
      effect: 'read',
      repeatable: true,
      parameters: birth(styleParameter),
      run,
    },
    {
      name: 'periods',
      description: 'The Vimshottari dasha, antardasha and pratyantardasha that run on a day, with their dates.',
      effect: 'read',
      repeatable: true,
      parameters: birth({
        on: { type: 'string', maxLength: 10, description: 'The day, such as 2026-11-21; today unless said.' },
      }),
      run,
    },
    {
      name: 'panchanga',
      description: 'The Hindu almanac of a day at a place: tithi, weekday, nakshatra, yoga, karana.',
      effect: 'read',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: {
          place: {
            ...birthParameters.place,
            description: 'A town, best with its country, or coordinates.',
            minLength: 1,
          },
          date: { ...birthParameters.date, description: 'The day, such as 2026-11-21; now unless said.' },
          time: { ...birthParameters.time, description: 'The local time on that day; 06:00 unless said.' },
        },
        required: ['place'],
        additionalProperties: false,
      },
      run,
    },
    {
      name: 'save-profile',
      description: 'Saves date, time and place of a birth under a name, for later charts.',
      effect: 'act',
      repeatable: true,
      parameters: {
        type: 'object',
        properties: { name, ...birthAlone },
        required: ['name', 'date', 'time', 'place'],
        additionalProperties: false,
      },
      run,
    },
    {
      name: 'list-profiles',
      description: 'The saved birth profiles.',
      effect: 'read',
      repeatable: true,
      offered: false,
      run,
    },
    {
      name: 'delete-profile',
      description: 'Deletes a saved birth profile.',
      effect: 'act',
      offered: false,
      parameters: { type: 'object', properties: { name }, required: ['name'], additionalProperties: false },
      run,
    },
  ],
  commands: [
    {
      name: 'kundli',
      description: 'Draws the birth chart of a saved profile: /kundli --style south Asha',
      action: 'chart',
      arguments: [{ name: 'profile', description: 'whose; the only one saved when left out', rest: true }],
      flags: [
        { name: 'style', short: 's', description: 'north or south' },
        { name: 'node', description: 'mean or true' },
      ],
    },
    {
      name: 'kundli-save',
      description: 'Saves a birth: /kundli-save "Asha" 1990-05-17 06:45 Pune, India',
      action: 'save-profile',
      arguments: [
        { name: 'name', description: 'under which name', required: true },
        { name: 'date', description: 'year-month-day', required: true },
        { name: 'time', description: 'hours:minutes, 24 hours', required: true },
        { name: 'place', description: 'town and country, or coordinates', required: true, rest: true },
      ],
      flags: [
        { name: 'zone', description: 'time zone, when not that of the place' },
        { name: 'offset', description: 'offset from UTC, when known: +05:30' },
        { name: 'occurrence', description: 'first or second, of a time that clocks showed twice' },
        { name: 'node', description: 'mean or true' },
      ],
    },
    { name: 'kundli-list', description: 'The saved births.', action: 'list-profiles' },
    {
      name: 'kundli-delete',
      description: 'Deletes a saved birth.',
      action: 'delete-profile',
      arguments: [{ name: 'name', description: 'whose', required: true, rest: true }],
    },
    {
      name: 'kundli-ask',
      description: 'Asks the companion about a chart: /kundli-ask --profile Asha What does my seventh house say?',
      action: 'facts',
      arguments: [{ name: 'question', description: 'what you want to know', required: true, rest: true }],
      flags: [{ name: 'profile', short: 'p', description: 'whose; the only one saved when left out' }],
      reply: 'companion',
    },
    {
      name: 'kundli-report',
      description: 'Makes a report of several pages, to print.',
      action: 'report',
      arguments: [{ name: 'profile', description: 'whose; the only one saved when left out', rest: true }],
      flags: [{ name: 'style', short: 's', description: 'north or south' }],
    },
    {
      name: 'dasha',
      description: 'The running Vimshottari periods of a saved profile.',
      action: 'periods',
      arguments: [{ name: 'profile', description: 'whose; the only one saved when left out', rest: true }],
      flags: [{ name: 'on', description: 'on which day' }],
    },
    {
      name: 'panchanga',
      description: 'The almanac of a day: /panchanga --date 2026-11-21 Ujjain',
      action: 'panchanga',
      arguments: [{ name: 'place', description: 'town and country, or coordinates', required: true, rest: true }],
      flags: [
        { name: 'date', short: 'd', description: 'which day' },
        { name: 'time', short: 't', description: 'which time of it' },
      ],
    },
  ],
}
