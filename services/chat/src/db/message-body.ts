import type { Attachment } from '@luna/contracts'
import type { PersonKey } from '@luna/service'

/** What is sealed of a message. */
export interface MessageBody {
  text: string
  attachments: Attachment[]
}

const context = (messageId: string) => `chat.message.${messageId}`

export const sealBody = (key: PersonKey, messageId: string, body: MessageBody): Buffer =>
  Buffer.from(key.sealJson(body, context(messageId)))

export const openBody = (key: PersonKey, messageId: string, sealed: Uint8Array): MessageBody =>
  key.openJson(sealed, context(messageId)) as MessageBody

/** One sealed JSON value of a row; `what` keeps it from being moved to another row or column. */
export const sealField = (key: PersonKey, what: string, value: unknown): Buffer =>
  Buffer.from(key.sealJson(value, `chat.${what}`))

export const openField = <T>(key: PersonKey, what: string, sealed: Uint8Array): T =>
  key.openJson(sealed, `chat.${what}`) as T
