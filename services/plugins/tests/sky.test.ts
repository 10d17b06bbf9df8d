import { plugins } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
beforeAll(async () => {
  on = await onABus()
})
afterAll(() => on.close())

const somebody = () => person(systemRandom.id())
type Who = ReturnType<typeof somebody>

/** Types a line and runs what it is understood as, as a person's command does. */
async function type(line: string, who: Who) {
  const understood = await on.call(plugins.calls.understand, { text: line }, who)
  if (understood.kind !== 'run') return understood
  const { tool, arguments: args } = understood
  if (!tool || args === undefined) throw new Error(`${line} was understood as no tool`)
  const callId = systemRandom.id()
  return on.call(
    plugins.calls.execute,
    { callId, turnId: null, name: tool.name, arguments: args, origin: 'command' },
    who,
  )
}

async function installed(id: string): Promise<Who> {
  const who = somebody()
  expect(await on.call(plugins.calls.install, { id }, who)).toMatchObject({ installed: true, grant: { storage: true } })
  return who
}

test('a birth is saved by command, its chart and report are files of the run, and it is nobody else’s', async () => {
  const ada = await installed('kundli')
  const saved = await type('/kundli-save "Ada B" 1990-05-17 06:45 Pune, India', ada)
  expect(saved).toMatchObject({
    status: 'done',
    result: expect.stringContaining('Saved: Ada B: 1990-05-17 06:45, Pune, IN'),
  })
  const chart = await type('/kundli --style south ada b', ada)
  expect(chart).toMatchObject({
    status: 'done',
    data: { birth: { utc: '1990-05-17T01:15:00.000Z', zone: 'Asia/Kolkata' }, ascendant: { sign: 'Taurus' } },
    files: [{ name: 'rashi.svg' }, { name: 'navamsha.svg' }],
  })
  const report = await type('/kundli-report', ada)
  if (!('runId' in report) || !report.runId) throw new Error(`no run: ${JSON.stringify(report)}`)
  const file = await on.call(plugins.calls.readFile, { runId: report.runId, name: 'kundli.html' }, ada)
  expect(Buffer.from(file.content, 'base64').toString('utf8')).toContain('<h1>Kundli of Ada B</h1>')

  const bob = await installed('kundli')
  expect(await type('/kundli Ada B', bob)).toMatchObject({ status: 'failed', code: 'not-found' })
  await expect(
    on.call(plugins.calls.readFile, { runId: report.runId, name: 'kundli.html' }, bob),
  ).rejects.toMatchObject({ code: 'not-found' })
  const rows = await on.sql("select encode(value, 'escape') as value from plugins.stored", 'administrator')
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toMatch(/Ada|Pune|1990/)
  expect(on.logs()).not.toMatch(/Ada B|Pune|1990-05-17/)
})

test('what is not clear comes back as a question, and a question goes to the companion with the facts', async () => {
  const ada = await installed('kundli')
  expect(await type('/kundli-save me 2025-10-26 02:30 Berlin, Germany', ada)).toMatchObject({
    status: 'failed',
    code: 'invalid',
    result: expect.stringContaining('twice'),
  })
  await type('/kundli-save --occurrence second me 2025-10-26 02:30 Berlin, Germany', ada)
  const asked = await on.call(plugins.calls.understand, { text: '/kundli-ask Which period runs now?' }, ada)
  expect(asked).toMatchObject({ kind: 'run', tool: { name: 'kundli__facts' }, reply: 'companion' })
  expect(await type('/kundli-ask Which period runs now?', ada)).toMatchObject({
    status: 'done',
    result: expect.stringMatching(/Which period runs now\?[\s\S]*Answer from these facts alone/),
  })
})

test('the horoscope of a day, by the Moon sign alone', async () => {
  const ada = await installed('horoscope')
  expect(await type('/horoscope --sign Leo --on 2025-10-20', ada)).toMatchObject({
    status: 'done',
    result: expect.stringContaining('no evidence that it tells the future'),
  })
  expect(await type('/horoscope', ada)).toMatchObject({
    status: 'failed',
    result: expect.stringContaining('No birth is known yet'),
  })
})
