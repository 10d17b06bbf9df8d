import { randomBytes } from 'node:crypto'
import { type CallDefinition, type CallInput, chat, gateway, LunaError, type Message } from '@luna/contracts'
import { type Bus, decodeScope, scopeHeader, systemRandom } from '@luna/service'

/** A turn that has ended, as chat tells of it. */
export interface EndedTurn {
  personId: string
  conversationId: string
  turnId: string
  messages: Message[]
}

/** What personality asks chat and gateway, answered from what the test puts in. */
export interface Neighbours {
  readonly turns: Map<string, EndedTurn>
  /** Turns that were begun for a character, by their id. */
  readonly begun: Map<string, CallInput<typeof chat.calls.beginTurn>>
  /** Puts a turn and gives the payload of its event. */
  say(of: {
    personId: string
    conversationId?: string
    characterId: string
    person: string
    character?: string
    private?: boolean
  }): {
    personId: string
    conversationId: string
    turnId: string
    characterId: string
    private: boolean
    revision: number
    attempt: number
    outcome: 'completed'
    userMessageId: string | null
    messageId: string
    route: null
    usage: { promptTokens: number; completionTokens: number; totalTokens: number; estimated: boolean }
    risk: 'none'
    durationMs: number
    firstTokenMs: null
  }
}

export async function neighboursOnTheBus(bus: Bus): Promise<Neighbours> {
  const keys = new Map<string, string>()
  const turns: Neighbours['turns'] = new Map()
  const begun: Neighbours['begun'] = new Map()
  const serve = <D extends CallDefinition>(definition: D, answer: (input: never, personId: string | null) => unknown) =>
    bus.serve(definition.name.split('.')[0] ?? '', definition.name, async ({ data, headers }) => {
      try {
        const scope = decodeScope(headers[scopeHeader])
        const input = definition.input.parse(JSON.parse(data)) as never
        const found = answer(input, scope.kind === 'system' ? null : scope.personId)
        return { ok: true, data: JSON.stringify(definition.output.parse(found)) }
      } catch (error) {
        return { ok: false, error: JSON.stringify(LunaError.from(error).toBody()) }
      }
    })
  const mine = (personId: string | null) => [...turns.values()].filter(turn => turn.personId === personId)
  const noSuch = () => new LunaError('not-found', 'no such thing')

  await serve(gateway.calls.personKey, ({ personId }: { personId: string }) => {
    const key = keys.get(personId) ?? randomBytes(32).toString('base64')
    keys.set(personId, key)
    return { key }
  })
  await serve(chat.calls.turnTexts, ({ turnId }: { turnId: string }, personId) => {
    const turn = mine(personId).find(one => one.turnId === turnId)
    if (!turn) throw noSuch()
    return { conversationId: turn.conversationId, revision: 1, private: false, messages: turn.messages }
  })
  await serve(chat.calls.listMessages, ({ conversationId }: { conversationId: string }, personId) => ({
    items: mine(personId)
      .filter(turn => turn.conversationId === conversationId)
      .flatMap(({ messages }) => messages),
    nextCursor: null,
  }))
  await serve(chat.calls.getConversation, ({ conversationId: id }: { conversationId: string }, personId) => {
    if (!mine(personId).some(turn => turn.conversationId === id)) throw noSuch()
    const at = new Date().toISOString()
    return {
      id,
      title: '',
      characterIds: [],
      activeLeafId: null,
      private: false,
      tags: [],
      revision: 1,
      createdAt: at,
      updatedAt: at,
      version: 1,
    }
  })
  await serve(chat.calls.beginTurn, (input: CallInput<typeof chat.calls.beginTurn>) => {
    begun.set(input.id, input)
    return { turnId: input.id }
  })

  return {
    turns,
    begun,
    say({
      personId,
      conversationId = systemRandom.id(),
      characterId,
      person,
      character = 'I see.',
      private: secret = false,
    }) {
      const turnId = systemRandom.id()
      const message = (role: 'user' | 'assistant', text: string): Message => ({
        id: systemRandom.id(),
        conversationId,
        parentId: null,
        turnId,
        role,
        text,
        status: 'complete',
        attachments: [],
        tags: [],
        createdAt: new Date().toISOString(),
        version: 1,
      })
      const messages = [...(person === '' ? [] : [message('user', person)]), message('assistant', character)]
      turns.set(turnId, { personId, conversationId, turnId, messages })
      return {
        personId,
        conversationId,
        turnId,
        characterId,
        private: secret,
        revision: 1,
        attempt: 1,
        outcome: 'completed',
        userMessageId: person === '' ? null : (messages[0]?.id ?? null),
        messageId: messages.at(-1)?.id ?? '',
        route: null,
        usage: { promptTokens: 5, completionTokens: 5, totalTokens: 10, estimated: false },
        risk: 'none',
        durationMs: 20,
        firstTokenMs: null,
      }
    },
  }
}
