import { randomBytes } from 'node:crypto'
import { uuidv7 } from '@luna/client'
import { chat, erasingServices, gateway } from '@luna/contracts'
import { type Bus, createCaller, personKeyFrom, system as systemScope } from '@luna/service'
import { type NeededServer, waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { eventOf, joinBus, settled } from '../kit/bus.ts'
import { leaveDeadLetter } from '../kit/dead-letter.ts'
import { signIn } from '../kit/live-socket.ts'
import { describeDistributed, type System, useLuna } from '../kit/luna.ts'
import { type Person, password, signUp } from '../kit/people.ts'
import { rest } from '../kit/rest.ts'
import { ask } from '../kit/talk.ts'
import { inDatabaseFiles, inFiles, inStreams, inTables } from '../kit/traces.ts'

interface Receipt {
  services: Record<string, Record<string, number>>
}

const canary = `canary${uuidv7().replaceAll('-', '')}`
/** Stands in plain in a dead letter, as no text of a person ever does: the files of the database are not asked for it. */
const letter = `letter${uuidv7().replaceAll('-', '')}`

/** Leaves the canary in every place that takes a person's words. */
async function live({
  luna,
  model,
}: System): Promise<Person & { conversationId: string; turnId: string; answerId: string }> {
  const person = await signUp(luna.url, `Robin ${canary}`)
  const { client, token } = person
  const socket = await signIn(luna.url, token)
  const question = `My secret is ${canary}, remember it.`
  onMessage(model, question, { text: `I will remember ${canary}.` })
  const { conversationId, turnId, end } = await ask(socket, question)
  const again = `What did I say about ${canary}? ${uuidv7()}`
  onMessage(model, again, { text: `You told me ${canary}.` })
  await ask(socket, again, { conversationId })
  const answerId = 'message' in end ? (end.message?.id ?? '') : ''
  await client.messages.feedback(answerId, { rating: 'up', reason: `good about ${canary}` })
  await client.messages.edit(answerId, { tags: [canary] })
  await client.conversations.update(conversationId, { title: `About ${canary}`, tags: [canary] })
  await client.conversations.share(conversationId)
  await client.keys.create(`key ${canary}`)
  const found = await client.search(canary)
  expect(found.items.length).toBeGreaterThan(1)
  await socket.close()
  return { ...person, conversationId, turnId, answerId }
}

async function keyOf(bus: Bus, personId: string) {
  const { key } = await createCaller(bus)(gateway.calls.personKey, { personId }, { scope: systemScope })
  return personKeyFrom(Buffer.from(key, 'base64'))
}

function suite(system: System, nats: NeededServer | null): void {
  const natsUrl = nats?.url ?? null

  const kept = async (text: string) => [
    ...(await inTables(system.luna, text)),
    ...(natsUrl ? await inStreams(natsUrl, text) : []),
  ]
  const places = async (text: string) => [
    ...(await kept(text)),
    ...(await inDatabaseFiles(system.luna, text)),
    ...(await inFiles(system.luna.dataDir, text)),
    ...(system.luna.output().includes(text) ? ['the output of the processes'] : []),
  ]

  test('nothing of the person can be read anywhere, every service has answered, and old events bring nothing back', async () => {
    const person = await live(system)
    await settled(system.luna, natsUrl)
    const bus = await joinBus(system.luna, natsUrl)
    const key = natsUrl ? await keyOf(bus, person.id) : null
    const clientId = uuidv7()
    const submitted = eventOf('gateway', gateway.events.messageSubmitted.name, {
      personId: person.id,
      clientId,
      conversationId: null,
      characterId: null,
      parentId: null,
      private: false,
      sealed: (key?.sealJson({ text: canary, attachments: [] }, clientId) ?? randomBytes(80)).toString('base64'),
      safety: { risk: 'none', cardId: null },
    })
    const ended = eventOf('chat', chat.events.turnEnded.name, {
      personId: person.id,
      conversationId: person.conversationId,
      revision: 1,
      turnId: person.turnId,
      attempt: 1,
      characterId: null,
      private: false,
      outcome: 'completed',
      userMessageId: null,
      messageId: person.answerId,
      route: null,
      usage: null,
      risk: 'none',
      durationMs: 1,
      firstTokenMs: 1,
    })
    await leaveDeadLetter(system.luna, natsUrl, person.id, letter)
    expect(await kept(letter), 'the dead letter can be found before').not.toEqual([])
    expect((await places(person.id)).length, 'what is stored in plain can be found').toBeGreaterThan(3)

    const { erasureId } = await person.client.me.erase()
    const receipt = await waitFor(
      async () => {
        const { body } = await rest(system.luna.url, 'GET', `me/erasure/${erasureId}`)
        return body['state'] === 'completed' ? (body as unknown as Receipt) : null
      },
      { timeoutMs: 30_000, message: 'every service to answer' },
    )

    expect(Object.keys(receipt.services).toSorted()).toEqual(['gateway', ...erasingServices].toSorted())
    expect(receipt.services['chat']).toMatchObject({ messages: 4, turns: 2, conversations: 1 })
    expect(Object.values(receipt.services['memory'] ?? {}).some(count => count > 0)).toBe(true)
    expect(await places(canary)).toEqual([])
    expect(await kept(letter)).toEqual([])
    expect((await rest(system.luna.url, 'GET', 'me', { token: person.token })).status).toBe(401)
    const login = await rest(system.luna.url, 'POST', 'auth/login', { body: { email: person.email, password } })
    expect(login.status).toBe(401)

    await bus.publish([submitted, ended])
    await settled(system.luna, natsUrl)
    await bus.close()

    expect(await places(canary)).toEqual([])
    const left = (await inTables(system.luna, person.id)).filter(table => !/erasure|erased_persons|inbox/.test(table))
    expect(left).toEqual([])
  })
}

describe('an erased account (embedded)', () => {
  suite(useLuna({ topology: 'embedded', sharedPostgres: false }), null)
})

await describeDistributed('an erased account', {}, suite)
