import type { Message } from '@luna/contracts'
import { type PersonKey, plainTokens } from '@luna/service'
import type { Insertable } from 'kysely'
import type { EpisodeTable } from '../db/tables.ts'
import type { ConversationKey } from './conversation-store.ts'

const speakers = { user: 'person', assistant: 'character', system: 'system' } as const

/** The place of an episode's text, which its seal is bound to. */
export const textPlace = (messageId: string): string => `memory.episodes.text:${messageId}`

/**
 * A message as it is kept. Only what the person and the character said is kept as text and can be found; of what is said
 * while memory is paused (`silent`) only its place in the tree.
 */
export function toEpisode(
  message: Message & { characterOfTurn: string | null },
  { personId, conversationId }: ConversationKey,
  { active, silent }: { active: boolean; silent: boolean },
  key: PersonKey,
): Insertable<EpisodeTable> {
  const text = message.role === 'system' || silent ? '' : message.text
  return {
    person_id: personId,
    message_id: message.id,
    conversation_id: conversationId,
    parent_id: message.parentId,
    turn_id: message.turnId,
    character_id: message.characterId ?? message.characterOfTurn,
    speaker: speakers[message.role],
    said_at: new Date(message.createdAt),
    active,
    text: key.seal(text, textPlace(message.id)),
    lexemes: key.tsvector(text),
    words: plainTokens(text).length,
    extracted: silent ? 'paused' : null,
  }
}
