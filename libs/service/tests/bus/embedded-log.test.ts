import { startTestPostgres, waitFor } from '@luna/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEmbeddedBus, ensureBusSchema } from '../../src/bus/index.ts'
import { type EmbeddedAdapter, startEmbeddedAdapter } from './embedded-adapter.ts'
import { listenerFor, message, names, recorder, settled, startPeer } from './harness.ts'

describe('the log in PostgreSQL', () => {
  let adapter: EmbeddedAdapter
  beforeAll(async () => {
    adapter = await startEmbeddedAdapter()
  })
  afterAll(() => adapter.drop())

  /** Ends every session of the bus, as a restart of the server would. */
  const cutSessions = () =>
    adapter.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'luna_bus' AND datname = current_database()`,
    )

  const columns = () =>
    adapter.query(`SELECT table_name, column_name, data_type FROM information_schema.columns
      WHERE table_schema = 'bus' ORDER BY table_name, column_name`)

  test('making the schema again, and twice at once, changes nothing', async () => {
    const before = await columns()
    const clients = [0, 1].map(() => new Client({ connectionString: adapter.database.url }))
    await Promise.all(clients.map(client => client.connect()))
    await Promise.all(clients.map(client => ensureBusSchema(client)))
    await Promise.all(clients.map(client => client.end()))
    expect(before.length).toBeGreaterThan(10)
    expect(await columns()).toEqual(before)
  })

  test('connections cut under traffic: what was acknowledged is delivered, and onReconnect tells', async () => {
    const { event, topology } = names()
    const bus = await adapter.open(topology)
    let reconnects = 0
    bus.onReconnect(() => {
      reconnects += 1
    })
    const heard = new Set<string>()
    await bus.listen(listenerFor(event, 'all'), async delivery => void heard.add(delivery.message.id))
    const acknowledged: string[] = []
    const sender = { stopped: false }
    const traffic = Array.from({ length: 4 }, async () => {
      while (!sender.stopped) {
        const sent = message(event)
        await bus.publish([sent])
        acknowledged.push(sent.id)
      }
    })
    for (let round = 1; round <= 3; round += 1) {
      const before = acknowledged.length
      await waitFor(() => acknowledged.length > before + 50)
      await cutSessions()
      await waitFor(() => reconnects >= round)
    }
    sender.stopped = true
    await Promise.all(traffic)
    await waitFor(() => acknowledged.every(id => heard.has(id)))
    await bus.close()
    expect(
      await adapter.query(
        `SELECT * FROM bus.deliveries d JOIN bus.events e ON e.seq = event_seq WHERE name = '${event}'`,
      ),
    ).toEqual([])
  })

  test('a publish whose connection is cut before the answer is stored, once', async () => {
    const { event, topology } = names()
    const bus = await adapter.open(topology)
    const heard = recorder()
    await bus.listen(listenerFor(event, 'one'), heard.handler)
    const sent = message(event)
    const blocker = new Client({ connectionString: adapter.database.url })
    await blocker.connect()
    await blocker.query('BEGIN; LOCK TABLE bus.events IN ACCESS EXCLUSIVE MODE')
    const publishing = bus.publish([sent])
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO bus.events%'
      AND datname = current_database()`
    await waitFor(async () => (await adapter.query(waiting)).length > 0)
    await cutSessions()
    await blocker.end()
    await publishing
    await heard.has(1)
    await settled(bus, event)
    expect(heard.ids()).toEqual([sent.id])
    await bus.close()
  })

  test("a killed process's deliveries come at once, not when their lease ends", async () => {
    const { event, topology } = names()
    const options = listenerFor(event, 'held', { ackWaitMs: 3_600_000 })
    const bus = await adapter.open(topology)
    const peer = await startPeer(adapter, topology, options, 'hold')
    const sent = message(event)
    await bus.publish([sent])
    await peer.line(`holding ${sent.id} 1`)
    await peer.kill('SIGKILL')
    const heard = recorder()
    await bus.listen(options, heard.handler)
    await heard.has(1)
    expect(heard.deliveries[0]?.attempt).toBe(2)
    await bus.close()
  })

  test('a poison takes no neighbour with it: what died together comes one by one, fewest tries first', async () => {
    const { event, topology } = names()
    const options = listenerFor(event, 'held', { backoffMs: [20] })
    const bus = await adapter.open(topology)
    const peer = await startPeer(adapter, topology, options, 'hold')
    const sent = Array.from({ length: 4 }, () => message(event))
    await bus.publish(sent)
    for (const one of sent) await peer.line(`holding ${one.id} 1`)
    await peer.kill('SIGKILL')
    let inHand = 0
    let most = 0
    const heard = recorder()
    await bus.listen(options, async delivery => {
      inHand += 1
      most = Math.max(most, inHand)
      await heard.handler(delivery)
      await new Promise(resolve => setImmediate(resolve))
      inHand -= 1
    })
    await heard.has(4)
    expect(most).toBe(1)
    await bus.close()
  })

  test('husks remember the id for a while and are then removed', async () => {
    const { event, topology } = names()
    const keeping = { ...adapter.options(), topology, pollMs: 5, rememberMs: 0 }
    const bus = await createEmbeddedBus(keeping)
    const heard = recorder()
    await bus.listen(listenerFor(event, 'one'), heard.handler)
    await bus.publish([message(event)])
    await heard.has(1)
    const count = async () => (await adapter.query(`SELECT FROM bus.events WHERE name = '${event}'`)).length
    await waitFor(async () => (await count()) === 0)
    expect(await count()).toBe(0)
    await bus.close()
  })

  test('the role of the bus sees no other schema', async () => {
    await adapter.query('CREATE SCHEMA IF NOT EXISTS other; CREATE TABLE IF NOT EXISTS other.things (n int)')
    const client = new Client({ connectionString: adapter.url() })
    await client.connect()
    await expect(client.query('SELECT * FROM other.things')).rejects.toThrow(/permission denied/)
    await client.end()
  })

  test('no schema or no server: unavailable, with what to do', async () => {
    const { topology } = names()
    const { url } = await startTestPostgres()
    const open = (connectionString: string) => createEmbeddedBus({ ...adapter.options(), connectionString, topology })
    await expect(open(url)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('schema "bus"'),
    })
    await expect(open('postgres://luna_bus@127.0.0.1:9/none')).rejects.toMatchObject({ code: 'unavailable' })
  })
})
