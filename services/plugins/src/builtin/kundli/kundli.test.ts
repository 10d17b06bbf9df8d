import { pluginManifest } from '@luna/contracts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeEach, describe, expect, test } from 'vitest'
import type { PluginHost } from '../../host/plugin-host.ts'
import type { ActionResult } from '../builtin.ts'
import { manifest } from './manifest.ts'
import { plugin } from './plugin.ts'

const ajv = new Ajv2020({ allErrors: true, strict: true })
const read = pluginManifest.parse(manifest)

/** A host as a run has it, with storage in memory; everything else is out of reach. */
function hostWith(stored = new Map<string, unknown>()): PluginHost {
  const beyond = () => {
    throw new Error('kundli asked for what its manifest does not')
  }
  return {
    personId: 'p',
    conversationId: null,
    characterId: null,
    signal: new AbortController().signal,
    now: () => new Date('2026-11-21T04:00:00Z'),
    random: beyond,
    fetch: beyond,
    storage: {
      get: async key => structuredClone(stored.get(key) ?? null),
      set: async (key, value) => {
        stored.set(key, structuredClone(value))
      },
      delete: async key => {
        stored.delete(key)
      },
      list: async (prefix = '') => [...stored.keys()].filter(key => key.startsWith(prefix)).toSorted(),
    },
    memory: { recall: beyond, remember: beyond },
    timers: { set: beyond, list: beyond, cancel: beyond },
  }
}

let host: PluginHost
beforeEach(() => {
  host = hostWith()
})

/** Runs an action as the service does: only with arguments that pass its schema. */
async function run(name: string, args: Record<string, unknown> = {}): Promise<ActionResult> {
  const action = read.actions.find(one => one.name === name)
  const validate = ajv.compile(action?.parameters ?? false)
  if (!validate(args)) throw new Error(`schema: ${ajv.errorsText(validate.errors)}`)
  const execute = plugin.actions[name] ?? expect.fail(`no function for ${name}`)
  return execute(args, host)
}

const asha = { date: '2020-05-12', time: '09:20', place: '22.6757521, 88.0495418' }

describe('the manifest', () => {
  test('has a function for each action, a schema that compiles, and parameters for what commands give', () => {
    expect(Object.keys(plugin.actions).toSorted()).toEqual(read.actions.map(({ name }) => name).toSorted())
    for (const command of read.commands) {
      const { parameters } = read.actions.find(({ name }) => name === command.action) ?? expect.fail(command.action)
      const properties = parameters['properties'] as Record<string, unknown>
      for (const { name } of [...command.arguments, ...command.flags]) expect(Object.keys(properties)).toContain(name)
    }
    expect(read.capabilities).toMatchObject({ hosts: [], secrets: [], storage: true })
    expect(read.actions.filter(({ effect }) => effect === 'act').map(({ name }) => name)).toEqual([
      'save-profile',
      'delete-profile',
    ])
  })
})

describe('a chart', () => {
  test('from date, time and place: table, data, two drawings', async () => {
    const { text, data, files } = await run('chart', asha)
    expect(text).toContain('Ascendant 29°21′26″ Gemini, Punarvasu 3')
    expect(text).toContain('| Saturn | 7°49′08″ Capricorn | Uttara Ashadha 4 | 8 | in own sign, retrograde |')
    expect(text).toContain('Running period: Moon / Rahu / Jupiter, until 2026-12-07')
    expect(text).toContain('no evidence that it tells the future')
    expect(data).toMatchObject({
      birth: { utc: '2020-05-12T03:50:00.000Z', offset: '+05:30', basis: 'zone', zone: 'Asia/Kolkata' },
      method: { ayanamsa: 'Lahiri', node: 'mean', dashaYearDays: 365.25 },
      ascendant: { sign: 'Gemini', pada: 3 },
      divisions: { D9: { moon: 'Sagittarius' } },
    })
    expect(files?.map(({ name, type }) => [name, type])).toEqual([
      ['rashi.svg', 'image/svg+xml'],
      ['navamsha.svg', 'image/svg+xml'],
    ])
    expect(JSON.parse(JSON.stringify(data))).toMatchObject({ mahadashas: expect.arrayContaining([expect.anything()]) })
  })

  test('in the southern style, and with the true node', async () => {
    const [north, south] = await Promise.all([run('chart', asha), run('chart', { ...asha, style: 'south' })])
    expect(south.files?.[0]?.content).toContain('Mithuna')
    expect(north.files?.[0]?.content).not.toContain('Mithuna')
    const exact = await run('chart', { ...asha, node: 'true' })
    expect(exact.data).toMatchObject({ method: { node: 'true' } })
    expect(exact.text).not.toEqual(north.text)
  })

  test('asks for what is missing, by name', async () => {
    await expect(run('chart', { date: '1990-05-17' })).rejects.toThrow(/missing: time, place/)
    await expect(run('chart')).rejects.toThrow(/No birth is known yet/)
  })

  test('says what is known without a time: the Moon changed its sign that day', async () => {
    // It entered Uttara Ashadha at 04:10 and left Sagittarius at some minutes past ten.
    await expect(run('chart', { date: '2020-05-12', place: 'Kolkata' })).rejects.toThrow(
      /missing: time\..*the Moon was in Sagittarius or Capricorn, in Purva Ashadha or Uttara Ashadha\./,
    )
  })

  test('asks when the place could be one of several, and says which it took', async () => {
    await expect(run('chart', { ...asha, place: 'Hyderabad' })).rejects.toThrow(
      /Which place.*Hyderabad, IN-40.*Hyderabad, PK/,
    )
    expect((await run('chart', { ...asha, place: 'Hyderabad, India' })).text).toContain(
      'GeoNames (geonames.org), CC BY 4.0',
    )
    await expect(run('chart', { ...asha, place: 'Xyzzyville' })).rejects.toThrow(/No place "Xyzzyville"/)
    await expect(run('chart', { ...asha, place: 'Pune --node true' })).rejects.toThrow(/Flags come before the place/)
  })

  test('asks about a time that clocks showed twice, and takes the answer', async () => {
    const born = { date: '2025-10-26', time: '02:30', place: 'Berlin, Germany' }
    await expect(run('chart', born)).rejects.toThrow(/twice.*occurrence "first" or "second"/)
    expect((await run('chart', { ...born, occurrence: 'second' })).data).toMatchObject({
      birth: { utc: '2025-10-26T01:30:00.000Z' },
    })
  })

  test('says when the clocks of the time were at war time, or before standard time', async () => {
    expect((await run('chart', { date: '1943-06-01', time: '12:00', place: 'Pune, India' })).text).toContain(
      'Clock time in Asia/Kolkata was UTC+06:30 then.',
    )
    const einstein = await run('chart', { date: '1879-03-14', time: '11:30', place: 'Ulm, Germany' })
    expect(einstein.text).toContain('local mean time of the place (UTC+00:39:5')
  })

  test('lets nothing that a person writes become markup or Markdown', async () => {
    const name = '[x](javascript:alert(1)) <img src=x> | **b**\n# h'
    await run('save-profile', { ...asha, name })
    const { text } = await run('chart')
    expect(text).not.toMatch(/\[x\]\(|(?<!\\)<img|\n# h/)
    const { files } = await run('report')
    expect(files?.[0]?.content).not.toMatch(/<img/)
  })
})

describe('profiles', () => {
  test('are saved once a name, listed, used and deleted', async () => {
    expect((await run('save-profile', { ...asha, name: 'Asha' })).text).toMatch(/^Saved: Asha: 2020-05-12 09:20/)
    await run('save-profile', { ...asha, name: ' asha ', time: '09:21' })
    expect((await run('list-profiles')).data).toMatchObject({ profiles: [{ name: 'asha', time: '09:21' }] })
    expect((await run('chart')).data).toMatchObject({ birth: { time: '09:21' } })
    await run('save-profile', { name: 'Ravi', date: '1967-08-29', time: '09:00', place: 'Mumbai', node: 'true' })
    await expect(run('chart')).rejects.toThrow(/Whose chart\? Saved are: asha, Ravi/)
    expect((await run('chart', { profile: 'RAVI' })).data).toMatchObject({ method: { node: 'true' } })
    await run('delete-profile', { name: 'Ravi' })
    await expect(run('chart', { profile: 'Ravi' })).rejects.toThrow(/No birth profile "Ravi".*Saved are: asha/)
  })

  test('are not saved when the birth can not be understood', async () => {
    await expect(run('save-profile', { ...asha, name: 'x', date: '1990-02-30' })).rejects.toThrow(/no 1990-02-30/)
    await expect(run('save-profile', { ...asha, name: 'x', time: '9 am' })).rejects.toThrow(/24 hours/)
    expect((await run('list-profiles')).text).toBe('No birth profile is saved.')
  })

  test('are 200 at most', async () => {
    host = hostWith(new Map(Array.from({ length: 200 }, (_, index) => [`profile:n${index}`, { name: `n${index}` }])))
    await expect(run('save-profile', { ...asha, name: 'one more' })).rejects.toThrow(/200 birth profiles/)
    await expect(run('save-profile', { ...asha, name: 'n7' })).resolves.toBeDefined()
  })
})

describe('answers', () => {
  beforeEach(async () => {
    await run('save-profile', { ...asha, name: 'Asha' })
  })

  test('facts for the model, with the question', async () => {
    const { text } = await run('facts', { question: 'Which period runs?' })
    expect(text).toMatch(/^Asked: Which period runs\?\nVedic birth chart of Asha/)
    expect(text).toContain('Moon / Rahu / Jupiter until 2026-12-07')
    expect(text).toContain('Answer from these facts alone')
  })

  test('the periods of a day', async () => {
    expect((await run('periods', { on: '2030-01-01' })).data).toMatchObject({
      running: [{ lords: ['moon'] }, { lords: ['moon', 'saturn'] }, { level: 3 }],
    })
    for (const on of ['2030-13-01', '2030-02-30', 'soon'])
      await expect(run('periods', { on })).rejects.toThrow(/year-month-day/)
    expect((await run('periods', { on: '2190-01-01' })).text).toContain('none of the 120 years')
  })

  test('a report of several pages as a file', async () => {
    const { files, text } = await run('report', { profile: 'Asha', style: 'south' })
    expect(files).toHaveLength(1)
    expect(files?.[0]).toMatchObject({ name: 'kundli.html', type: 'text/html; charset=utf-8' })
    expect(String(files?.[0]?.content).match(/<section>/g)).toHaveLength(6)
    expect(text).toContain('Asha')
  })

  test('the panchanga of a day', async () => {
    const { text } = await run('panchanga', { place: 'Kolkata', date: '2020-05-12', time: '09:20' })
    expect(text).toContain(
      'tithi Krishna Shashthi, Mangalavara (Tuesday), nakshatra Uttara Ashadha 1, yoga Shubha, karana Gara',
    )
    expect((await run('panchanga', { place: 'Ujjain' })).text).toContain('2026-11-21 09:30')
  })
})
