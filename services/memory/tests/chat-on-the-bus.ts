import { randomBytes } from 'node:crypto'
import { type CallDefinition, chat, gateway, LunaError, type Message } from '@luna/contracts'
import { type Bus, decodeScope, personOf, scopeHeader, systemRandom } from '@luna/service'

interface Talk {
  personId: string
  private: boolean
  version: number
  revision: number
  leafId: string | null
}

/** What chat and gateway say on the bus about a message tree that the test grows: the calls that memory makes. */
export async function chatOnTheBus(bus: Bus) {
  const keys = new Map<string, string>()
  const talks = new Map<string, Talk>()
  const messages = new Map<string, Message>()
  let away = false
  let hold: { asked: () => void; released: Promise<void> } | null = null

  const serve = async <D extends CallDefinition>(
    definition: D,
    answer: (input: never, personId: string | null) => unknown,
  ): Promise<void> => {
    await bus.serve(definition.name.split('.')[0] ?? '', definition.name, async ({ data: asked, headers }) => {
      try {
        const scope = decodeScope(headers[scopeHeader])
        if (away) throw new LunaError('unavailable', 'away')
        const found = answer(
          definition.input.parse(JSON.parse(asked)) as never,
          scope.kind === 'system' ? null : personOf(scope),
        )
        const data = JSON.stringify(definition.output.parse(found))
        if (hold && definition.name === chat.calls.turnTexts.name) {
          hold.asked()
          await hold.released
        }
        return { ok: true, data }
      } catch (error) {
        return { ok: false, error: JSON.stringify(LunaError.from(error).toBody()) }
      }
    })
  }
  const own = <T>(found: T | undefined, isOwn: (found: T) => boolean): T => {
    if (found === undefined || !isOwn(found)) throw new LunaError('not-found', 'no such thing')
    return found
  }
  const talkOf = (id: string, personId: string | null) => own(talks.get(id), talk => talk.personId === personId)
  const ownMessage = (id: string, personId: string | null) =>
    own(messages.get(id), message => talks.get(message.conversationId)?.personId === personId)

  await serve(gateway.calls.personKey, ({ personId }: { personId: string }) => ({
    key: own(keys.get(personId), () => true),
  }))
  await serve(chat.calls.getConversation, ({ conversationId: id }: { conversationId: string }, personId) => {
    const { private: isPrivate, version, revision, leafId } = talkOf(id, personId)
    const at = new Date().toISOString()
    const fixed = { title: '', characterIds: [], tags: [], createdAt: at, updatedAt: at }
    return { id, ...fixed, private: isPrivate, version, revision, activeLeafId: leafId }
  })
  await serve(chat.calls.getMessage, ({ messageId }: { messageId: string }, personId) =>
    ownMessage(messageId, personId),
  )
  await serve(chat.calls.turnTexts, ({ turnId }: { turnId: string }, personId) => {
    const found = [...messages.values()].filter(message => message.turnId === turnId)
    const talk = talkOf(own(found[0], () => true).conversationId, personId)
    const since: Message[] = []
    for (let id = talk.leafId; id !== null && found.every(message => message.id !== id); ) {
      const message = own(messages.get(id), () => true)
      since.push(message)
      id = message.parentId
    }
    return {
      conversationId: found[0]?.conversationId,
      revision: talk.revision,
      private: talk.private,
      messages: found,
      now: { version: talk.version, activeLeafId: talk.leafId, characterIds: [], since: since.slice(0, 20) },
    }
  })

  const write = (
    conversationId: string,
    turnId: string,
    parentId: string | null,
    role: Message['role'],
    text: string,
  ) => {
    const id = systemRandom.id()
    const rest = {
      status: 'complete' as const,
      attachments: [],
      tags: [],
      createdAt: new Date().toISOString(),
      version: 1,
    }
    messages.set(id, { id, conversationId, parentId, turnId, role, text, ...rest })
    return id
  }
  const talk = (id: string): Talk => own(talks.get(id), () => true)
  const ended = (conversationId: string, turnId: string, userMessageId: string | null, messageId: string) => ({
    personId: talk(conversationId).personId,
    conversationId,
    revision: talk(conversationId).revision,
    turnId,
    attempt: 1,
    characterId: null,
    private: talk(conversationId).private,
    outcome: 'completed' as const,
    userMessageId,
    messageId,
    route: null,
    usage: null,
    risk: 'none' as const,
    durationMs: 1,
    firstTokenMs: 1,
  })
  const subtree = (root: string): string[] => [
    root,
    ...[...messages.values()].filter(message => message.parentId === root).flatMap(message => subtree(message.id)),
  ]

  return {
    addPerson(): string {
      const id = systemRandom.id()
      keys.set(id, randomBytes(32).toString('base64'))
      return id
    },
    destroyKey: (personId: string) => keys.delete(personId),
    open(personId: string, options: { private?: boolean } = {}): string {
      const id = systemRandom.id()
      talks.set(id, { personId, private: options.private ?? false, version: 0, revision: 0, leafId: null })
      return id
    },
    /** A turn: what the person says and what is answered. @returns the event that tells of it */
    say(conversationId: string, text: string, answer = 'I see.') {
      const at = talk(conversationId)
      const turnId = systemRandom.id()
      const user = write(conversationId, turnId, at.leafId, 'user', text)
      at.leafId = write(conversationId, turnId, user, 'assistant', answer)
      at.version += 2
      return ended(conversationId, turnId, user, at.leafId)
    },
    regenerate(conversationId: string, messageId: string, answer: string) {
      const at = talk(conversationId)
      const turnId = systemRandom.id()
      at.leafId = write(conversationId, turnId, messages.get(messageId)?.parentId ?? null, 'assistant', answer)
      at.revision += 1
      at.version += 2
      return ended(conversationId, turnId, null, at.leafId)
    },
    switchTo(conversationId: string, leafId: string | null) {
      const at = talk(conversationId)
      Object.assign(at, { leafId, revision: at.revision + 1, version: at.version + 1 })
      return { personId: at.personId, conversationId, revision: at.revision, activeLeafId: leafId }
    },
    deleteMessage(conversationId: string, messageId: string) {
      const at = talk(conversationId)
      const parentId = messages.get(messageId)?.parentId ?? null
      const gone = subtree(messageId)
      for (const id of gone) messages.delete(id)
      if (at.leafId !== null && gone.includes(at.leafId)) at.leafId = parentId
      at.revision += 1
      at.version += 1
      return { personId: at.personId, conversationId, revision: at.revision, messageId, change: 'deleted' as const }
    },
    deleteConversation(conversationId: string) {
      const { personId, revision } = talk(conversationId)
      talks.delete(conversationId)
      for (const [id, message] of messages) if (message.conversationId === conversationId) messages.delete(id)
      return { personId, conversationId, revision: revision + 1 }
    },
    revision: (conversationId: string) => talk(conversationId).revision,
    setAway(value: boolean) {
      away = value
    },
    /** Answers to `turn-texts` are made at once, and sent when released: they are out of date by then. */
    holdTexts() {
      let asked = () => {}
      let release = () => {}
      const whenAsked = new Promise<void>(resolve => (asked = resolve))
      hold = { asked, released: new Promise<void>(resolve => (release = resolve)) }
      return {
        asked: whenAsked,
        release() {
          hold = null
          release()
        },
      }
    },
    /** The texts of the active branch. */
    standing(conversationId: string): string[] {
      const texts: string[] = []
      for (let id = talk(conversationId).leafId; id !== null; id = messages.get(id)?.parentId ?? null)
        texts.push(messages.get(id)?.text ?? '')
      return texts
    },
  }
}

export type ChatOnTheBus = Awaited<ReturnType<typeof chatOnTheBus>>
