import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chat, contracts, gateway, moderation } from '@luna/contracts'
import { describeWith, needNats, type ServiceName, scratchDir, waitFor } from '@luna/testing'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, expect, test } from 'vitest'
import { signIn } from '../kit/live-socket.ts'
import { useLuna } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'
import { ask } from '../kit/talk.ts'

const passwordOf = (service: string) => `pw-${service}`

/** The accounts that are shipped, with passwords of this test. */
async function accountsFile(): Promise<string> {
  const shipped = await readFile(new URL('../../deploy/k8s/base/accounts.conf', import.meta.url), 'utf8')
  const file = join((await scratchDir()).path, 'accounts.conf')
  await writeFile(
    file,
    shipped.replaceAll(/\$NATS_PASSWORD_(\w+)/g, (_, name) => passwordOf(name.toLowerCase())),
  )
  return file
}

const config = await accountsFile()

describeWith(await needNats({ own: true, args: ['-c', config] }), '13: accounts on the bus', nats => {
  const system = useLuna({
    topology: 'distributed',
    nats,
    natsUrlOf: (service: ServiceName, url: string) => url.replace('://', `://${service}:${passwordOf(service)}@`),
  })
  const open: NatsConnection[] = []
  afterAll(async () => {
    await Promise.all(open.map(connection => connection.close()))
  })

  /** A service that was taken over: a connection with its password, and what it was refused. */
  async function intruder(service: string) {
    const connection = await connect({ servers: nats.url, user: service, pass: passwordOf(service) })
    open.push(connection)
    const refused: string[] = []
    void (async () => {
      for await (const status of connection.status()) if (status.type === 'error') refused.push(String(status.error))
    })()
    return { connection, refused }
  }

  test('all of Luna talks with no more rights than its contracts give', async () => {
    const socket = await signIn(system.luna.url, (await signUp(system.luna.url)).token)
    const { end } = await ask(socket, 'Good evening')
    expect(end).toMatchObject({ type: 'turn.completed', receipt: { degraded: [] } })
    await socket.close()
    expect(system.luna.output().match(/Permissions Violation[^,]*/g) ?? []).toEqual([])
  })

  test('nobody is let in without a password', async () => {
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/authorization/i)
  })

  test('a service can not say what another says, hear what others are told, or serve their calls', async () => {
    const { connection, refused } = await intruder('plugins')
    const forged = [`${gateway.events.messageSubmitted.name}.x`, `${chat.feeds.conversationFrames.name}.x`]
    for (const subject of forged) connection.publish(subject, '{}')
    const overheard = [`${chat.feeds.conversationFrames.name}.*`, moderation.calls.check.name, '_INBOX.gateway.>', '>']
    for (const subject of overheard) connection.subscribe(subject, { callback: () => undefined })
    await connection.flush()
    const wanted = [...forged, ...overheard]
    await waitFor(() => wanted.every(subject => refused.some(text => text.includes(`"${subject}"`))), {
      message: `refusals of ${wanted.join(', ')}`,
    })
  })

  test('an account outside its subjects: of every event and feed only one’s own may be said', async () => {
    for (const { service } of contracts) {
      const { connection, refused } = await intruder(service)
      const all = contracts.flatMap(contract =>
        [...Object.values(contract.events), ...Object.values(contract.feeds)].map(({ name }) => ({
          subject: `${name}.nobody`,
          own: contract.service === service,
        })),
      )
      // What is one's own would be a real message: it is not said here, the turn above has shown that it may be.
      const foreign = all.filter(({ own }) => !own)
      for (const { subject } of foreign) connection.publish(subject, '{}')
      await connection.flush()
      await waitFor(() => refused.length >= foreign.length, { message: `refusals for ${service}` })
      expect(refused).toHaveLength(foreign.length)
    }
  })
})
