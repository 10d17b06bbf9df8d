import { describeWith, isAlive, needNats } from '@luna/testing'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { expect, test } from 'vitest'

describeWith(await needNats({ own: true }), 'a server for tests', nats => {
  async function withConnection<T>(use: (connection: Awaited<ReturnType<typeof connect>>) => Promise<T>): Promise<T> {
    const connection = await connect({ servers: nats.url, reconnect: false })
    try {
      return await use(connection)
    } finally {
      await connection.close()
    }
  }

  test('keeps its streams and its port over kill -9 and restart', async () => {
    await withConnection(async connection => {
      const manager = await jetstreamManager(connection)
      await manager.streams.add({ name: 'kept', subjects: ['kept.>'] })
      await jetstream(connection).publish('kept.one', 'text')
    })
    await nats.kill()
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/closed|ECONNREFUSED|refused/i)
    await nats.restart()
    await withConnection(async connection => {
      const manager = await jetstreamManager(connection)
      const { state } = await manager.streams.info('kept')
      expect(state.messages).toBe(1)
    })
  })

  test('restart alone replaces a running server', async () => {
    const before = await withConnection(async connection => connection.info?.server_id)
    await nats.restart()
    expect(await withConnection(async connection => connection.info?.server_id)).not.toBe(before)
  })
})

describeWith(await needNats({ args: ['--user', 'luna', '--pass', 'secret'] }), 'with arguments', nats => {
  test('asks for the password it was given', async () => {
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/authorization/i)
    const connection = await connect({ servers: nats.url, user: 'luna', pass: 'secret' })
    await connection.close()
    expect(connection.isClosed()).toBe(true)
  })
})

test('processes are told alive from gone', () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(2 ** 22 + 1)).toBe(false)
})
