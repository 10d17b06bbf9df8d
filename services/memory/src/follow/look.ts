import { type CallOutput, chat, LunaError, type Message } from '@luna/contracts'
import { person } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import type { TellingMessage, Told } from './apply-facts.ts'
import type { ConversationKey } from './conversation-store.ts'

export interface LookOptions {
  /** Messages that are to be known after this look, besides the active branch. */
  told?: readonly Message[]
  /** The character that the told messages were said to or by. */
  characterId?: string | null
  signal?: AbortSignal
}

const tries = 3

type Place = Pick<
  CallOutput<typeof chat.calls.getConversation>,
  'version' | 'revision' | 'activeLeafId' | 'characterIds'
>

/** `private`: nothing of it may be kept. `gone`: there is no such conversation any more. */
export type Seen = Told | 'private' | 'gone'

/**
 * Asks chat where a conversation stands, and for every message above that is not known yet.
 * @throws LunaError `unavailable` when chat is away, or the conversation changed under our eyes
 */
export async function look(ctx: MemoryContext, at: ConversationKey, options: LookOptions = {}): Promise<Seen> {
  const { told = [], characterId = null, signal } = options
  const settings = { scope: person(at.personId), ...(signal ? { signal } : {}) }
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const conversation = await orNull(
      ctx.call(chat.calls.getConversation, { conversationId: at.conversationId }, settings),
    )
    if (!conversation) return 'gone'
    if (conversation.private) return 'private'
    const messages = new Map(told.map(message => [message.id, message]))
    const complete = await climb([conversation.activeLeafId, ...told.map(message => message.parentId)], messages, {
      isKnown: id => isKnown(ctx, at, id),
      fetch: messageId => orNull(ctx.call(chat.calls.getMessage, { messageId }, settings)),
    })
    if (complete) return toTold(conversation, [...messages.values()], characterId)
  }
  throw new LunaError('unavailable', 'The conversation is being changed right now; it will be looked at again.')
}

interface Tree {
  isKnown(id: string): Promise<boolean>
  fetch(id: string): Promise<Message | null>
}

/** Collects what stands above these messages until something known; false when one of them has just been deleted. */
async function climb(starts: readonly (string | null)[], found: Map<string, Message>, tree: Tree): Promise<boolean> {
  for (const start of starts) {
    let id = start
    while (id !== null && !found.has(id) && !(await tree.isKnown(id))) {
      const message = await tree.fetch(id)
      if (!message) return false
      found.set(id, message)
      id = message.parentId
    }
  }
  return true
}

const isKnown = (ctx: MemoryContext, { personId }: ConversationKey, messageId: string): Promise<boolean> =>
  ctx.db.transaction(person(personId), async ({ sql }) => {
    const row = await sql
      .selectFrom('episodes')
      .select('message_id')
      .where('person_id', '=', personId)
      .where('message_id', '=', messageId)
      .executeTakeFirst()
    return row !== undefined
  })

/** null for what is not there (any more). */
export const orNull = <T>(asking: Promise<T>): Promise<T | null> =>
  asking.catch((error: unknown) => {
    if (error instanceof LunaError && error.code === 'not-found') return null
    throw error
  })

/** What an answer of chat tells. */
export function toTold(
  { version, revision, activeLeafId, characterIds }: Place,
  messages: readonly Message[],
  characterId: string | null,
): Told {
  const only = characterIds.length === 1 ? (characterIds[0] ?? null) : null
  const telling = messages.map((message): TellingMessage => ({ ...message, characterOfTurn: characterId ?? only }))
  return { facts: [{ kind: 'looked', version, revision, leafId: activeLeafId, messages: telling }], messages: telling }
}
