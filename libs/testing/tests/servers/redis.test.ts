import { describeWith, needRedis } from '@luna/testing'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'

async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => undefined)
  await redis.connect()
  try {
    return await use(redis)
  } finally {
    redis.disconnect()
  }
}

describeWith(await needRedis({ own: true }), 'a server for tests', redis => {
  test('is killed and starts again on its port, empty', async () => {
    await withRedis(redis.url, client => client.set('key', 'value'))
    await redis.kill()
    await expect(withRedis(redis.url, client => client.get('key'))).rejects.toThrow(/closed|ECONNREFUSED|refused/i)
    await redis.restart()
    expect(await withRedis(redis.url, client => client.get('key'))).toBeNull()
  })
})

describeWith(
  await needRedis({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] }),
  'with persistence',
  redis => {
    test('keeps its data over kill -9 and restart', async () => {
      await withRedis(redis.url, client => client.set('key', 'value'))
      await redis.restart()
      expect(await withRedis(redis.url, client => client.get('key'))).toBe('value')
    })
  },
)
