import { LunaError } from '@luna/contracts'
import type { MessageBody } from '../db/message-body.ts'

/** A turn that is stored under the same (person, client id). */
export interface EarlierTurn {
  turnId: string
  conversationId: string
  messageId: string
  body: MessageBody
}

export interface Submission {
  conversationId: string | null
  body: MessageBody
}

/** Same id and same content: the same answer again. Other content: a conflict. */
export function sameOrConflict(earlier: EarlierTurn, submission: Submission): LunaError | null {
  const elsewhere = submission.conversationId !== null && submission.conversationId !== earlier.conversationId
  const same =
    !elsewhere &&
    earlier.body.text === submission.body.text &&
    JSON.stringify(earlier.body.attachments.map(file => file.id)) ===
      JSON.stringify(submission.body.attachments.map(file => file.id))
  if (same) return null
  return new LunaError(
    'conflict',
    `A message with this id was sent before with other ${elsewhere ? 'conversation' : 'content'}. Use a new id for a new message.`,
    { details: { turnId: earlier.turnId, conversationId: earlier.conversationId } },
  )
}

/** The first title of a conversation: its first words, cut at a word. */
export function titleFromWords(text: string, max = 60): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const points = [...line]
  if (points.length <= max) return line
  const cut = points.slice(0, max).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
