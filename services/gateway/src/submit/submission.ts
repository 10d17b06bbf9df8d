import type { Accepted } from '../live/person-channel.ts'

/** A message as a client sends it, over whichever door. */
export interface Submission {
  /** The client's own id: sent again with the same content, it is the same turn. */
  id: string
  text: string
  conversationId?: string | undefined
  characterId?: string | undefined
  parentId?: string | undefined
  attachments?: readonly { id: string }[] | undefined
  private?: boolean | undefined
}

export type Accept = Pick<Accepted, 'conversationId' | 'messageId' | 'turnId'>
