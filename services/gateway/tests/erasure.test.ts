import { chat, gateway as contract, erasingServices, memory, moderation, personality, plugins } from '@luna/contracts'
import { system } from '@luna/service'
import { waitFor } from '@luna/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ask, type Gateway, newEmail, sharedGateway, signUp, startGateway } from './support/start-gateway.ts'

const shared = sharedGateway()

const erased = {
  chat: chat.events.erased,
  memory: memory.events.erased,
  personality: personality.events.erased,
  plugins: plugins.events.erased,
  moderation: moderation.events.erased,
}

const receipt = async (gateway: Gateway, id: string) =>
  (await ask(gateway, { method: 'GET', url: `/api/v1/me/erasure/${id}` })).body as {
    state: string
    completedAt: string | null
    services: Record<string, Record<string, number>>
    waitingFor: string[]
    purgedMessages: number | null
  }

async function erase(gateway: Gateway, headers: Record<string, string>): Promise<string> {
  const answer = await ask(gateway, { method: 'DELETE', url: '/api/v1/me', headers })
  expect(answer.status).toBe(202)
  return answer.body['erasureId'] as string
}

/** Says on the bus what a service says when it has erased somebody. */
const answer = ({ ctx }: Gateway, service: keyof typeof erased, personId: string, erasureId: string, rows = 1) =>
  ctx.bus.publish([
    {
      id: ctx.random.id(),
      name: erased[service].name,
      personId,
      data: JSON.stringify({ personId, erasureId, service, counts: { rows } }),
      headers: {},
    },
  ])

const keyOf = ({ ctx }: Gateway, personId: string) =>
  ctx.call(contract.calls.personKey, { personId }, { scope: system })

test('ends when every service has answered, the key last', async () => {
  const gateway = shared()
  const { personId, bearer } = await signUp(gateway)
  const erasureId = await erase(gateway, bearer)
  expect((await ask(gateway, { method: 'GET', url: '/api/v1/me', headers: bearer })).status).toBe(401)
  expect(await receipt(gateway, erasureId)).toMatchObject({
    state: 'running',
    services: { gateway: { accounts: 1, sessions: 1 } },
    waitingFor: [...erasingServices],
  })

  for (const service of erasingServices.slice(0, -1)) await answer(gateway, service, personId, erasureId)
  await waitFor(async () => (await receipt(gateway, erasureId)).waitingFor.length === 1)
  expect((await keyOf(gateway, personId)).key).toHaveLength(44)

  await answer(gateway, 'moderation', personId, erasureId)
  await waitFor(async () => (await receipt(gateway, erasureId)).state === 'completed')
  const done = await receipt(gateway, erasureId)
  expect(Object.keys(done.services).toSorted()).toEqual(['gateway', ...erasingServices].toSorted())
  await expect(keyOf(gateway, personId)).rejects.toMatchObject({ code: 'not-found' })
  await expect(gateway.ctx.keys.of(personId)).rejects.toMatchObject({ code: 'not-found' })
})

test('keeps the first counts, and takes no answer for somebody else’s erasure', async () => {
  const gateway = shared()
  const [ada, bob] = [await signUp(gateway), await signUp(gateway)]
  const erasureId = await erase(gateway, ada.bearer)
  await answer(gateway, 'chat', bob.personId, erasureId, 7)
  await answer(gateway, 'chat', ada.personId, erasureId, 5)
  await waitFor(async () => (await receipt(gateway, erasureId)).services['chat'])
  await answer(gateway, 'chat', ada.personId, erasureId, 0)
  await answer(gateway, 'memory', ada.personId, erasureId)
  await waitFor(async () => (await receipt(gateway, erasureId)).services['memory'])
  expect((await receipt(gateway, erasureId)).services['chat']).toEqual({ rows: 5 })
})

test('is announced again until every service has answered', async () => {
  const gateway = await startGateway()
  const heard: string[] = []
  const listening = await gateway.ctx.bus.listen(
    {
      listener: 'test--erasures',
      event: contract.events.accountErased.name,
      concurrency: 1,
      ackWaitMs: 5_000,
      backoffMs: [100],
    },
    async ({ message }) => void heard.push((JSON.parse(message.data) as { erasureId: string }).erasureId),
  )
  const { personId, bearer } = await signUp(gateway)
  const erasureId = await erase(gateway, bearer)
  await waitFor(() => heard.length === 1)
  const due = () =>
    gateway.ctx.db.transaction(system, tx => sql`update erasures set next_send_at = now()`.execute(tx.sql))
  await due()
  await waitFor(() => heard.length === 2)
  for (const service of erasingServices) await answer(gateway, service, personId, erasureId)
  await waitFor(async () => (await receipt(gateway, erasureId)).state === 'completed')
  await listening.stop()
  expect(new Set(heard)).toEqual(new Set([erasureId]))
})

test('an erasure whose gateway died before the end is ended by the schedule', async () => {
  const gateway = shared()
  const { personId, bearer } = await signUp(gateway)
  const erasureId = await erase(gateway, bearer)
  await gateway.ctx.db.transaction(system, async tx => {
    await tx.sql
      .insertInto('erasure_answers')
      .values(erasingServices.map(service => ({ erasure_id: erasureId, person_id: personId, service, counts: '{}' })))
      .execute()
    await sql`update erasures set next_send_at = now()`.execute(tx.sql)
  })
  await waitFor(async () => (await receipt(gateway, erasureId)).state === 'completed')
  await expect(keyOf(gateway, personId)).rejects.toMatchObject({ code: 'not-found' })
})

test('what waits on the bus for the person goes, what others wait for stays', async () => {
  const gateway = await startGateway()
  const [ada, bob] = [await signUp(gateway), await signUp(gateway)]
  const { ctx } = gateway
  const submitted = contract.events.messageSubmitted
  for (const { personId } of [ada, bob])
    await ctx.bus.publish([
      { id: ctx.random.id(), name: submitted.name, personId, data: '{"canary":true}', headers: {} },
    ])
  const erasureId = await erase(gateway, ada.bearer)
  for (const service of erasingServices) await answer(gateway, service, ada.personId, erasureId)
  await waitFor(async () => (await receipt(gateway, erasureId)).state === 'completed')
  expect((await receipt(gateway, erasureId)).purgedMessages).toBeGreaterThanOrEqual(1)
  const seen: (string | null)[] = []
  const listening = await ctx.bus.listen(
    {
      listener: 'chat--gateway-message-submitted-v1',
      event: submitted.name,
      concurrency: 1,
      ackWaitMs: 5_000,
      backoffMs: [100],
    },
    async ({ message }) => void seen.push(message.personId),
  )
  await waitFor(() => seen.length > 0)
  await listening.stop()
  expect(seen).toEqual([bob.personId])
})

test('a replayed old event brings nothing back, and the address is free again', async () => {
  const gateway = await startGateway()
  const email = newEmail()
  const { personId, bearer } = await signUp(gateway, email)
  const erasureId = await erase(gateway, bearer)
  for (const service of erasingServices) await answer(gateway, service, personId, erasureId)
  await waitFor(async () => (await receipt(gateway, erasureId)).state === 'completed')
  const { ctx } = gateway
  const turn = {
    personId,
    conversationId: ctx.random.id(),
    revision: 1,
    turnId: ctx.random.id(),
    attempt: 1,
    characterId: null,
    private: false,
    outcome: 'completed',
    userMessageId: null,
    messageId: null,
    route: null,
    usage: { promptTokens: 10, completionTokens: 4, totalTokens: 14, estimated: false },
    risk: 'none',
    durationMs: 1,
    firstTokenMs: null,
  }
  const other = await signUp(gateway, email)
  const publish = (who: string) =>
    ctx.bus.publish([
      {
        id: ctx.random.id(),
        name: chat.events.turnEnded.name,
        personId: who,
        data: JSON.stringify({ ...turn, personId: who }),
        headers: {},
      },
    ])
  await publish(personId)
  await publish(other.personId)
  const rows = () =>
    ctx.db.transaction(system, tx =>
      tx.sql.selectFrom('usage').select(['person_id', 'turns', 'prompt_tokens']).execute(),
    )
  await waitFor(async () => (await rows()).length > 0)
  expect(await rows()).toEqual([{ person_id: other.personId, turns: 1, prompt_tokens: 10 }])
  const left = await ctx.db.transaction(system, tx =>
    tx.sql.selectFrom('accounts').select('id').where('id', '=', personId).execute(),
  )
  expect(left).toEqual([])
})

test('a receipt is read with its id alone, and no other id opens one', async () => {
  const gateway = shared()
  const unknown = await ask(gateway, { method: 'GET', url: `/api/v1/me/erasure/${gateway.ctx.random.id()}` })
  expect(unknown.status).toBe(404)
})
