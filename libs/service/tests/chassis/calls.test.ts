import { randomUUID } from 'node:crypto'
import { healthOf } from '@luna/contracts'
import { createCaller, person, type RunningService, startService, system } from '@luna/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyone, bench, benchPlatform, benchService } from './bench-service.ts'

let platform: Awaited<ReturnType<typeof benchPlatform>>
let service: RunningService
const scope = person(anyone())

beforeAll(async () => {
  platform = await benchPlatform()
  service = await startService(benchService(), platform, {})
})

afterAll(async () => {
  await service.stop()
  await platform.drop()
})

const caller = () => createCaller(platform.bus)

test('every fault of an input is named, and unknown keys are refused', async () => {
  const wrong = { id: 'no', more: 1 } as unknown as { id: string }
  await expect(caller()(bench.calls.note, wrong, { scope })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/id: .*more/s),
    details: { faults: expect.arrayContaining([expect.objectContaining({ path: 'id' })]) },
  })
})

test('a typed error crosses the line whole; an internal one tells nothing', async () => {
  await expect(caller()(bench.calls.picky, {}, { scope })).rejects.toMatchObject({
    code: 'too-large',
    message: 'Over the limit of 3.',
    details: { limit: 3 },
  })
  const broken = caller()(bench.calls.broken, {}, { scope })
  await expect(broken).rejects.toMatchObject({ code: 'internal', message: expect.not.stringContaining('hunter2') })
})

test('a call without a scope is refused', async () => {
  const reply = await platform.bus.call(bench.calls.notes.name, '{}', { deadlineMs: 2_000, headers: {} })
  expect(reply.ok).toBe(false)
  expect(reply.ok ? '' : reply.error).toContain('forbidden')
})

test('a person’s call sees that person’s rows alone', async () => {
  const mine = randomUUID()
  await caller()(bench.calls.note, { id: mine }, { scope })
  expect((await caller()(bench.calls.notes, {}, { scope })).ids).toContain(mine)
  expect((await caller()(bench.calls.notes, {}, { scope: person(anyone()) })).ids).toEqual([])
})

test('every service says whether it is ready', async () => {
  expect(await caller()(healthOf('bench'), {}, { scope: system })).toMatchObject({
    ready: true,
    checks: { database: 'ok', bus: 'ok' },
  })
})
