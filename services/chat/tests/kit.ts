import { randomBytes, randomUUID } from 'node:crypto'
import {
  type CallDefinition,
  type CallInput,
  type CallOutput,
  type ConversationFrame,
  chat,
  type EventDefinition,
  gateway,
  type Payload,
  type PersonFrame,
  type SubmissionContent,
} from '@luna/contracts'
import {
  createCaller,
  createLogger,
  type Environment,
  openPlatform,
  type Platform,
  person,
  personKeyFrom,
  platformConfig,
  type RunningService,
  readConfig,
  type Scope,
  startService,
} from '@luna/service'
import { createTestDatabase, type FakeModel, scratchDir, startFakeModel, waitFor } from '@luna/testing'
import { service } from '../src/service.ts'

/** chat on a real database and bus, talked to as others talk to it: by event, by call, on its feeds. */
export interface ChatOnTheBus {
  readonly platform: Platform
  readonly model: FakeModel
  readonly personId: string
  readonly frames: ConversationFrame[]
  readonly personFrames: PersonFrame[]
  readonly events: { name: string; payload: Record<string, unknown> }[]
  call<D extends CallDefinition>(definition: D, input: CallInput<D>, scope?: Scope): Promise<CallOutput<D>>
  /** Publishes a message as the gateway does; resolves with what became of it. */
  send(text: string, options?: SendOptions): Promise<PersonFrame>
  /** As above, and waits for the end of the turn. */
  talk(text: string, options?: SendOptions): Promise<{ accepted: Accepted; end: ConversationFrame }>
  ended(turnId: string): Promise<ConversationFrame>
  /** Starts one more process's worth of chat on the same bus and database. */
  another(): Promise<RunningService>
  stop(): Promise<void>
}

export type Accepted = Extract<PersonFrame, { type: 'accepted' }>

export interface SendOptions {
  conversationId?: string
  parentId?: string
  clientId?: string
  personId?: string
  private?: boolean
}

const ends: readonly string[] = ['turn.completed', 'turn.failed', 'turn.cancelled']

export async function chatOnTheBus(env: Environment = {}): Promise<ChatOnTheBus> {
  const database = await createTestDatabase()
  const scratch = await scratchDir()
  const model = await startFakeModel()
  const log = createLogger({ service: 'test', level: 'silent' })
  const config = readConfig(
    { platform: platformConfig, chat: service.config },
    {
      DATABASE_URL: database.url,
      LUNA_DATA_DIR: scratch.path,
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'test',
      LUNA_MODEL: 'fake-chat',
      ...env,
    },
  )
  const platform = await openPlatform(config.platform, { log })
  const keys = new Map<string, Buffer>()
  const keyOf = (id: string) => keys.get(id) ?? keys.set(id, randomBytes(32)).get(id)!
  await platform.bus.serve('gateway', gateway.calls.personKey.name, async ({ data }) => ({
    ok: true,
    data: JSON.stringify({ key: keyOf((JSON.parse(data) as { personId: string }).personId).toString('base64') }),
  }))
  const running = [await startService(service, platform, config.chat)]
  const call = createCaller(platform.bus)
  const personId = randomUUID()
  const frames: ConversationFrame[] = []
  const personFrames: PersonFrame[] = []
  const events: ChatOnTheBus['events'] = []
  await platform.bus.subscribe({ name: chat.feeds.conversationFrames.name, key: '*' }, data =>
    frames.push(JSON.parse(data) as ConversationFrame),
  )
  await platform.bus.subscribe({ name: chat.feeds.personFrames.name, key: '*' }, data =>
    personFrames.push(JSON.parse(data) as PersonFrame),
  )
  for (const event of Object.values(chat.events) as EventDefinition[])
    await platform.bus.listen(
      { listener: `test--${event.name}`, event: event.name, concurrency: 8, ackWaitMs: 30_000, backoffMs: [100] },
      async ({ message }) => void events.push({ name: message.name, payload: JSON.parse(message.data) as never }),
    )

  const settled = (clientId: string, from: number) =>
    personFrames.slice(from).find(frame => frame.type !== 'changed' && frame.id === clientId)
  const find = (turnId: string) =>
    frames.find(frame => ends.includes(frame.type) && 'turnId' in frame && frame.turnId === turnId)

  const self: ChatOnTheBus = {
    platform,
    model,
    personId,
    frames,
    personFrames,
    events,
    call: (definition, input, scope = person(personId)) => call(definition, input, { scope }),
    async send(text, options = {}) {
      const who = options.personId ?? personId
      const clientId = options.clientId ?? randomUUID()
      const content: SubmissionContent = { text, attachments: [] }
      const payload: Payload<typeof gateway.events.messageSubmitted> = {
        personId: who,
        clientId,
        conversationId: options.conversationId ?? null,
        characterId: null,
        parentId: options.parentId ?? null,
        private: options.private ?? false,
        sealed: personKeyFrom(keyOf(who)).sealJson(content, clientId).toString('base64'),
        safety: { risk: 'none', cardId: null },
      }
      const from = personFrames.length
      await platform.bus.publish([
        {
          id: randomUUID(),
          name: gateway.events.messageSubmitted.name,
          personId: who,
          data: JSON.stringify(payload),
          headers: {},
        },
      ])
      await waitFor(() => settled(clientId, from) !== undefined, { message: `what became of ${clientId}` })
      return settled(clientId, from)!
    },
    async talk(text, options) {
      const frame = await self.send(text, options)
      if (frame.type !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(frame)}`)
      return { accepted: frame, end: await self.ended(frame.turnId) }
    },
    async ended(turnId) {
      await waitFor(() => find(turnId) !== undefined, { message: `the end of ${turnId}` })
      return find(turnId)!
    },
    async another() {
      const more = await startService(service, { ...platform, embedded: false }, config.chat)
      running.push(more)
      return more
    },
    async stop() {
      for (const each of running) await each.stop()
      await platform.stop()
      await model.stop()
      await database.drop()
      await scratch.remove()
    },
  }
  return self
}
