import { pluginManifest } from '@luna/contracts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { PluginHost } from '../../host/plugin-host.ts'
import { manifest } from './manifest.ts'
import { plugin } from './plugin.ts'

const ajv = new Ajv2020({ strict: true })
const read = pluginManifest.parse(manifest)
const now = new Date('2026-11-21T04:00:00Z')

function session() {
  const stored = new Map<string, unknown>()
  const host = {
    now: () => now,
    storage: {
      get: async (key: string) => stored.get(key) ?? null,
      set: async (key: string, value: unknown) => {
        stored.set(key, value)
      },
      delete: async (key: string) => {
        stored.delete(key)
      },
      list: async (prefix = '') => [...stored.keys()].filter(key => key.startsWith(prefix)),
    },
  } as unknown as PluginHost
  return async (name: string, args: Record<string, unknown> = {}) => {
    const parameters = read.actions.find(one => one.name === name)?.parameters ?? {}
    if (!ajv.validate(parameters, args)) throw new Error(`schema: ${ajv.errorsText()}`)
    return (plugin.actions[name] ?? expect.fail(`no function for ${name}`))(args, host)
  }
}

const born = { date: '2020-05-12', time: '09:20', place: '22.6757521, 88.0495418' }

describe('horoscope', () => {
  test('its manifest and its functions are one', () => {
    expect(Object.keys(plugin.actions).toSorted()).toEqual(read.actions.map(({ name }) => name).toSorted())
  })

  test('transits against the saved birth', async () => {
    const run = session()
    await expect(run('transits')).rejects.toThrow(/No birth is known yet/)
    await run('save-birth', born)
    const { text, data } = await run('transits')
    expect(text).toContain('Transits on 2026-11-21** against the Moon in Sagittarius and the ascendant in Gemini')
    expect(text).toContain('Running period: Moon / Rahu / Jupiter')
    expect(text).toContain('no evidence that it tells the future')
    // Saturn is in Pisces from 2025-03-29 to 2027-06-02: the fourth sign from Sagittarius, the tenth from Gemini.
    expect(data).toMatchObject({
      moonSign: 'Sagittarius',
      transits: expect.arrayContaining([
        expect.objectContaining({ graha: 'saturn', sign: 'Pisces', signFromMoon: 4, house: 10, easy: false }),
      ]),
      running: { lords: ['moon', 'rahu', 'jupiter'] },
    })
    await run('forget-birth')
    await expect(run('transits')).rejects.toThrow(/No birth is known yet/)
  })

  test('by the Moon sign alone, in either language, with sade sati where it is', async () => {
    const run = session()
    const [english, sanskrit] = [await run('transits', { sign: 'Pisces' }), await run('transits', { sign: 'mina' })]
    expect(english).toEqual(sanskrit)
    expect(english.text).toContain('Saturn is in the second of the three signs of sade sati')
    expect((await run('transits', { sign: 'Leo' })).text).not.toContain('sade sati')
    await expect(run('transits', { sign: 'Ophiuchus' })).rejects.toThrow(/"Ophiuchus" is no sign/)
  })

  test('on another day', async () => {
    const run = session()
    expect((await run('transits', { sign: 'Leo', on: '2025-10-20' })).data).toMatchObject({
      transits: expect.arrayContaining([
        expect.objectContaining({ graha: 'jupiter', sign: 'Cancer', signFromMoon: 12 }),
      ]),
    })
    await expect(run('transits', { sign: 'Leo', on: 'tomorrow' })).rejects.toThrow(/year-month-day|schema/)
  })
})
