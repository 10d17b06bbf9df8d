import { randomBytes } from 'node:crypto'
import {
  type CallDefinition,
  type CallInput,
  type CallOutput,
  chat,
  gateway,
  LunaError,
  type Message,
  memory,
} from '@luna/contracts'
import { service } from '@luna/memory'
import { config } from '@luna/memory/config'
import {
  createCaller,
  createLogger,
  decodeScope,
  openPlatform,
  person,
  personOf,
  platformConfig,
  scopeHeader,
  startService,
  systemRandom,
} from '@luna/service'
import { createTestDatabase, scratchDir, waitFor } from '@luna/testing'

export interface Said {
  readonly role: 'user' | 'assistant'
  readonly text: string
  readonly at: Date
  readonly id?: string
}

type Recall = CallInput<typeof memory.calls.recall>

interface Talk {
  personId: string
  leafId: string | null
  revision: number
  version: number
}

/** Memory as it runs, on a database and bus of its own; what it asks of chat and gateway is answered from what was told here. */
export async function memoryAlone(settings: Record<string, string> = {}) {
  const [database, folder] = await Promise.all([createTestDatabase(), scratchDir('eval-memory')])
  const log = createLogger({ service: 'eval', level: 'error' })
  const platform = await openPlatform(
    platformConfig.parse({ DATABASE_URL: database.url, LUNA_DATA_DIR: folder.path }),
    {
      log,
    },
  )
  const keys = new Map<string, string>()
  const talks = new Map<string, Talk>()
  const messages = new Map<string, Message>()
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new LunaError('not-found', 'no such thing')
    return value
  }
  const own = (id: string, personId: string): Talk => {
    const talk = there(talks.get(id))
    if (talk.personId !== personId) throw new LunaError('not-found', 'no such thing')
    return talk
  }
  const answers: Record<string, (input: Record<string, string>, personId: string) => unknown> = {
    [gateway.calls.personKey.name]: ({ personId: of = '' }) => ({ key: there(keys.get(of)) }),
    [chat.calls.getConversation.name]: ({ conversationId: id = '' }, personId) => {
      const { revision, version, leafId } = own(id, personId)
      const at = new Date(0).toISOString()
      const fixed = { title: '', characterIds: [], tags: [], private: false, createdAt: at, updatedAt: at }
      return { id, ...fixed, version, revision, activeLeafId: leafId }
    },
    [chat.calls.getMessage.name]: ({ messageId = '' }, personId) => {
      const message = there(messages.get(messageId))
      own(message.conversationId, personId)
      return message
    },
    [chat.calls.turnTexts.name]: ({ turnId }, personId) => {
      const found = [...messages.values()].filter(message => message.turnId === turnId)
      const conversationId = there(found[0]).conversationId
      const { revision, version, leafId } = own(conversationId, personId)
      const now = { version, activeLeafId: leafId, characterIds: [], since: [] }
      return { conversationId, revision, private: false, messages: found, now }
    },
  }
  for (const [name, answer] of Object.entries(answers))
    await platform.bus.serve(name.split('.')[0] ?? '', name, async ({ data, headers }) => {
      try {
        const scope = decodeScope(headers[scopeHeader])
        const result = answer(
          JSON.parse(data) as Record<string, string>,
          scope.kind === 'system' ? '' : personOf(scope),
        )
        return { ok: true, data: JSON.stringify(result) }
      } catch (error) {
        return { ok: false, error: JSON.stringify(LunaError.from(error).toBody()) }
      }
    })
  const environment = { LUNA_MEMORY_IDLE_MS: '0', LUNA_MEMORY_EXTRACTOR: 'off', ...settings }
  let context: Awaited<ReturnType<typeof service.context>> | undefined
  const running = await startService(
    {
      ...service,
      context: async (base, own) => {
        context = await service.context(base, own)
        return context
      },
    },
    platform,
    config.parse(environment),
  )
  const call = createCaller(platform.bus)

  async function publish(event: { name: string }, payload: { personId: string }): Promise<void> {
    const id = systemRandom.id()
    const data = JSON.stringify(payload)
    await platform.bus.publish([{ id, name: event.name, personId: payload.personId, data, headers: {} }])
  }
  const ask = <D extends CallDefinition>(
    definition: D,
    input: CallInput<D>,
    personId: string,
  ): Promise<CallOutput<D>> => call(definition, input, { scope: person(personId) })

  return {
    ask,
    addPerson(): string {
      const id = systemRandom.id()
      keys.set(id, randomBytes(32).toString('base64'))
      return id
    },
    /** A whole talk, told at once; its turns come back with their ids. */
    async tell(personId: string, said: readonly Said[], conversationId = systemRandom.id()): Promise<string[]> {
      const talk = talks.get(conversationId) ?? { personId, leafId: null, revision: 0, version: 0 }
      talks.set(conversationId, talk)
      const turnId = systemRandom.id()
      const ids: string[] = []
      for (const { role, text, at, id = systemRandom.id() } of said) {
        const fixed = { status: 'complete' as const, attachments: [], tags: [], version: 1 }
        const createdAt = at.toISOString()
        messages.set(id, { id, conversationId, parentId: talk.leafId, turnId, role, text, createdAt, ...fixed })
        talk.leafId = id
        talk.version += 1
        ids.push(id)
      }
      await publish(chat.events.turnEnded, {
        personId,
        conversationId,
        revision: talk.revision,
        turnId,
        attempt: 1,
        characterId: null,
        private: false,
        outcome: 'completed',
        userMessageId: ids[0] ?? null,
        messageId: ids.at(-1) ?? null,
        route: null,
        usage: null,
        risk: 'none',
        durationMs: 1,
        firstTokenMs: 1,
      } as { personId: string })
      return ids
    },
    /** Until memory has stored so many turns of a person. */
    stored: (personId: string, count: number) =>
      waitFor(async () => (await exportAll(personId)).filter(row => row['kind'] === 'episode').length >= count, {
        timeoutMs: 120_000,
      }),
    exportAll,
    /** Until nothing is left to be learned. */
    settled: () =>
      waitFor(
        async () => {
          context?.rest.wake()
          return (await context?.store.work.selectFrom('extraction_jobs').select('person_id').execute())?.length === 0
        },
        { timeoutMs: 60_000 },
      ),
    recall: (personId: string, input: Recall) => ask(memory.calls.recall, input, personId),
    async close() {
      await running.stop()
      await platform.stop()
      await database.drop()
      await folder.remove()
    },
  }

  async function exportAll(personId: string): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = []
    let cursor: string | undefined
    for (;;) {
      const page = await ask(memory.calls.exportPage, cursor === undefined ? {} : { cursor }, personId)
      rows.push(...page.rows)
      if (page.nextCursor === null) return rows
      cursor = page.nextCursor
    }
  }
}

export type MemoryAlone = Awaited<ReturnType<typeof memoryAlone>>
