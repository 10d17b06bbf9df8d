import { randomUUID } from 'node:crypto'
import {
  type CallDefinition,
  type CallInput,
  type CallOutput,
  type ConversationFrame,
  chat,
  type gateway,
  gateway as gatewayContract,
  LunaError,
  type Message,
  makeCursor,
  type Payload,
  type Position,
  personality,
  type Turn,
} from '@luna/contracts'
import { type Bus, decodeScope, personOf, scopeHeader } from '@luna/service'
import { completed, started, type Unnumbered } from '../../src/live/testing.suite.ts'

type Submitted = Payload<typeof gateway.events.messageSubmitted>

interface Conversation {
  id: string
  personId: string
  messages: Message[]
  stored: Position
  at: Position
  running: { turnId: string; attempt: number } | null
}

/**
 * Stands for chat where chat itself would not do what a test needs: it accepts what is submitted and publishes on the real
 * bus what the test tells it to.
 */
export class Holder {
  readonly conversations = new Map<string, Conversation>()
  readonly submitted: Submitted[] = []
  readonly asked: { name: string; personId: string; input: unknown }[] = []
  readonly turns = new Map<string, Turn>()
  /** Runs after a submission was accepted. */
  onTurn: (conversationId: string, turnId: string) => void = () => {}
  /** False: submissions wait on the bus. */
  accepting = true
  completion: (run: Completion) => void = () => {}
  readonly #bus: Bus
  readonly #byClientId = new Map<string, { conversationId: string; messageId: string; turnId: string }>()
  readonly #waiting: Submitted[] = []

  constructor(bus: Bus) {
    this.#bus = bus
  }

  static async start(bus: Bus): Promise<Holder> {
    const holder = new Holder(bus)
    await holder.#serve(chat.calls.snapshot, ({ conversationId }, personId) => {
      const { messages, stored, running } = holder.#of(conversationId, personId)
      return {
        conversation: conversationOf(conversationId),
        messages,
        cursor: makeCursor(conversationId, stored),
        turn: running && { ...running, state: 'running' as const, parentId: null },
      }
    })
    await holder.#serve(chat.calls.checkpoint, () => ({ asked: true }))
    await holder.#serve(chat.calls.getTurn, ({ turnId }, personId) => {
      const turn = holder.turns.get(turnId)
      if (!turn) throw missing()
      holder.#of(turn.conversationId, personId)
      return turn
    })
    await holder.#serve(chat.calls.turnTexts, ({ turnId }) => {
      const { conversationId } = holder.turns.get(turnId) ?? {}
      const messages = holder.conversations.get(conversationId ?? '')?.messages.filter(one => one.turnId === turnId)
      return { conversationId: conversationId ?? '', revision: 1, private: false, messages: messages ?? [] }
    })
    await holder.#serve(chat.calls.regenerate, ({ id }, personId) => {
      const [conversation] = holder.conversations.values()
      if (!conversation || conversation.personId !== personId) throw missing()
      return holder.#accept(id, conversation)
    })
    await holder.#serve(chat.calls.cancelTurn, ({ turnId }) => ({ turnId, state: 'running' as const }))
    await holder.#serve(chat.calls.approve, ({ callId }) => ({ callId }))
    await holder.#serve(chat.calls.beginCompletion, ({ runId, ...input }) => {
      const turnId = randomUUID()
      const say = (frame: Payload<typeof chat.feeds.completionFrames>) =>
        bus.emit({ name: chat.feeds.completionFrames.name, key: runId }, JSON.stringify(frame))
      setImmediate(() => holder.completion({ turnId, input: { runId, ...input }, say }))
      return { turnId }
    })
    const kami = characterOf('kami')
    await holder.#serve(personality.calls.listCharacters, () => ({ items: [kami], nextCursor: null }))
    await holder.#serve(personality.calls.getCharacter, ({ slug }) => {
      if (slug !== kami.slug) throw missing()
      return kami
    })
    const { messageSubmitted } = gatewayContract.events
    await bus.listen(
      { listener: 'test--submitted', event: messageSubmitted.name, concurrency: 8, ackWaitMs: 30_000, backoffMs: [50] },
      async ({ message }) => holder.take(JSON.parse(message.data) as Submitted),
    )
    return holder
  }

  take(event: Submitted): void {
    this.submitted.push(event)
    if (!this.accepting) return void this.#waiting.push(event)
    const conversation = event.conversationId ? this.conversations.get(event.conversationId) : this.open(event.personId)
    if (!conversation || conversation.personId !== event.personId)
      return this.tell(event.personId, { type: 'refused', id: event.clientId, error: missing().toBody() })
    const known = this.#byClientId.get(event.clientId)
    const accept = known ?? this.#accept(event.clientId, conversation)
    this.tell(event.personId, { type: 'accepted', id: event.clientId, ...accept })
    if (!known) this.onTurn(accept.conversationId, accept.turnId)
  }

  acceptWaiting(): void {
    this.accepting = true
    for (const event of this.#waiting.splice(0)) this.take(event)
  }

  tell(personId: string, frame: Payload<typeof chat.feeds.personFrames>): void {
    this.#bus.emit({ name: chat.feeds.personFrames.name, key: personId }, JSON.stringify(frame))
  }

  open(personId: string): Conversation {
    const place = { epoch: 0, n: 0 }
    const id = randomUUID()
    const conversation: Conversation = { id, personId, messages: [], stored: place, at: place, running: null }
    this.conversations.set(id, conversation)
    return conversation
  }

  /** Publishes the next frames of a conversation. */
  say(conversationId: string, ...frames: Unnumbered[]): void {
    for (const frame of frames) {
      const conversation = this.#conversation(conversationId)
      conversation.at = { ...conversation.at, n: conversation.at.n + 1 }
      if (frame.type === 'turn.completed') {
        conversation.messages.push(frame.message)
        conversation.running = null
        conversation.stored = conversation.at
        const turn = this.turns.get(frame.turnId)
        if (turn) Object.assign(turn, { state: 'completed', receipt: frame.receipt, usage: frame.usage })
      }
      this.publish(conversationId, conversation.at, frame)
    }
  }

  publish(conversationId: string, position: Position, frame: Unnumbered): void {
    const cursor = makeCursor(conversationId, position)
    const body = { ...frame, conversationId, cursor } as ConversationFrame
    this.#bus.emit({ name: chat.feeds.conversationFrames.name, key: conversationId }, JSON.stringify(body))
  }

  begin(conversationId: string, turnId = randomUUID()): string {
    const conversation = this.#conversation(conversationId)
    conversation.running = { turnId, attempt: 1 }
    this.turns.set(turnId, turnOf(turnId, conversationId))
    return turnId
  }

  /** A whole turn that says these texts. */
  answer(conversationId: string, turnId: string, texts: readonly string[]): void {
    this.say(conversationId, started(turnId))
    texts.forEach((text, seq) => this.say(conversationId, { type: 'turn.delta', turnId, attempt: 1, seq, text }))
    this.say(conversationId, completed(turnId, texts.join('')))
  }

  #accept(clientId: string, conversation: Conversation) {
    const accept = { conversationId: conversation.id, messageId: randomUUID(), turnId: this.begin(conversation.id) }
    this.#byClientId.set(clientId, accept)
    return accept
  }

  #conversation(id: string): Conversation {
    const conversation = this.conversations.get(id)
    if (!conversation) throw missing()
    return conversation
  }

  #of(id: string, personId: string): Conversation {
    const conversation = this.#conversation(id)
    if (conversation.personId !== personId) throw missing()
    return conversation
  }

  async #serve<D extends CallDefinition>(
    definition: D,
    handler: (input: CallInput<D>, personId: string) => CallOutput<D>,
  ): Promise<void> {
    await this.#bus.serve('test', definition.name, async ({ data, headers }) => {
      try {
        const personId = personOf(decodeScope(headers[scopeHeader]))
        const input = JSON.parse(data) as CallInput<D>
        this.asked.push({ name: definition.name, personId, input })
        return { ok: true, data: JSON.stringify(handler(input, personId)) }
      } catch (error) {
        return { ok: false, error: JSON.stringify(LunaError.from(error).toBody()) }
      }
    })
  }
}

export interface Completion {
  turnId: string
  input: CallInput<typeof chat.calls.beginCompletion>
  say(frame: Payload<typeof chat.feeds.completionFrames>): void
}

const missing = () => new LunaError('not-found', 'There is no such thing.')

const conversationOf = (id: string) => ({
  id,
  title: '',
  characterIds: [],
  activeLeafId: null,
  private: false,
  tags: [],
  revision: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
})

const turnOf = (id: string, conversationId: string): Turn => ({
  id,
  conversationId,
  state: 'running',
  attempt: 1,
  route: null,
  receipt: null,
  usage: null,
  error: null,
})

const characterOf = (slug: string) => ({
  id: '018f0000-0000-7000-8000-00000000e001',
  slug,
  name: slug,
  description: '',
  visibility: 'public' as const,
  tags: [],
  version: 1,
})
