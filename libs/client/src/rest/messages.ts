import type { Feedback, Message } from '@luna/contracts'
import type { Http } from '../http/request.ts'
import { uuidv7 } from '../uuid.ts'

export interface Edited {
  message: Message
  /** The turn that answers the edited message; null when only tags were changed. */
  turnId: string | null
}

const at = (id: string, rest = '') => `messages/${encodeURIComponent(id)}${rest}`

/** `messages/{id}`. */
export function messages(http: Http) {
  return {
    messages: {
      /** New text makes a sibling beside the old message, and a new turn answers it. */
      edit: async (id: string, changes: { text?: string; tags?: string[] }, ifVersion?: number): Promise<Edited> => {
        const answer = await http.json<Edited | Message>('PATCH', at(id), { body: changes, ifVersion })
        return 'message' in answer ? answer : { message: answer, turnId: null }
      },
      /** Deletes the message and all that follows it. */
      remove: (id: string, ifVersion?: number) => http.json<void>('DELETE', at(id), { ifVersion }),
      regenerate: (id: string, clientId: string = uuidv7()) =>
        http.json<{ conversationId: string; messageId: string; turnId: string }>('POST', at(id, '/regenerate'), {
          body: { id: clientId },
          idempotencyKey: clientId,
        }),
      feedback: (id: string, feedback: Feedback) =>
        http.json<Message | undefined>('POST', at(id, '/feedback'), { body: feedback }),
    },
  }
}
