import { describeWith, needDocker, needNats, needQdrant } from '@luna/testing'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
})

describeWith(await needQdrant(), 'a server for tests', qdrant => {
  test('answers over REST, also after kill -9 and restart', async () => {
    await qdrant.restart()
    const response = await fetch(new URL('/collections', qdrant.url))
    expect(response.status).toBe(200)
  })
})

describeWith(await needDocker(), 'an engine for tests', docker => {
  test('is there', () => {
    expect(docker).toEqual({ available: true, name: 'needs-docker' })
  })
})

test('a URL in the environment is used as it is, and never killed', async () => {
  const ours = await needNats({ own: true })
  if (!ours.available) throw new Error(ours.reason)
  vi.stubEnv('LUNA_TEST_NATS_URL', ours.url)
  const named = await needNats()
  if (!named.available) throw new Error(named.reason)
  expect(named).toMatchObject({ url: ours.url, port: ours.port, source: 'url' })
  await expect(named.kill()).rejects.toThrow('own: true')
  await named.stop()
  expect((await needNats()).available).toBe(true)
  await ours.stop()
})

test('a URL where nothing answers is an error, not a reason to skip', async () => {
  vi.stubEnv('LUNA_TEST_NATS_URL', 'nats://127.0.0.1:9')
  await expect(needNats()).rejects.toThrow('LUNA_TEST_NATS_URL names 127.0.0.1:9, where nothing answers')
})
