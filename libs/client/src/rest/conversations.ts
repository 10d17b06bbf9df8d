import type { Conversation, Message, SafetyCard } from '@luna/contracts'
import type { Http } from '../http/request.ts'
import { uuidv7 } from '../uuid.ts'
import type { Page, PageQuery } from './page.ts'

export interface Shared {
  title: string
  sharedAt: string
  messages: { role: string; text: string; createdAt: string }[]
}

export interface Submitted {
  messageId: string
  turnId: string
  conversationId: string
  safetyCard?: SafetyCard
}

export interface SearchHit {
  message: Message
  conversationTitle: string
  score: number
}

export type ExportFormat = 'jsonl' | 'markdown'

const at = (id: string, rest = '') => `conversations/${encodeURIComponent(id)}${rest}`

/** `conversations`, their messages, shares and exports, and `search`. */
export function conversations(http: Http) {
  return {
    conversations: {
      list: (query: PageQuery & { tag?: string } = {}) =>
        http.json<Page<Conversation>>('GET', 'conversations', { query: { ...query } }),
      create: (input: { characterId?: string; title?: string; private?: boolean } = {}) =>
        http.json<Conversation>('POST', 'conversations', { body: input }),
      get: (id: string) => http.json<Conversation>('GET', at(id)),
      update: (id: string, changes: { title?: string; tags?: string[]; activeLeafId?: string }, ifVersion?: number) =>
        http.json<Conversation>('PATCH', at(id), { body: changes, ifVersion }),
      remove: (id: string, ifVersion?: number) => http.json<void>('DELETE', at(id), { ifVersion }),
      /** The last page of the active branch, oldest first; `leaf` for another branch, `tree` for all of them. */
      messages: (id: string, query: PageQuery & { leaf?: string; tree?: boolean } = {}) =>
        http.json<Page<Message>>('GET', at(id, '/messages'), { query: { ...query } }),
      /** Without a socket: 202 once accepted. The same `id` may be sent again and is one turn. */
      submit: (id: string, input: { id?: string; text: string; parentId?: string; attachments?: { id: string }[] }) => {
        const body = { id: uuidv7(), ...input }
        return http.json<Submitted>('POST', at(id, '/messages'), { body, idempotencyKey: body.id })
      },
      share: (id: string) => http.json<{ token: string }>('POST', at(id, '/share'), { body: {} }),
      unshare: (id: string) => http.json<void>('DELETE', at(id, '/share')),
      export: async (id: string, format: ExportFormat): Promise<Blob> => {
        const options = { query: { format }, headers: { accept: '*/*' }, timeoutMs: null }
        return (await http.raw('GET', at(id, '/export'), options)).blob()
      },
    },
    shared: (token: string) => http.json<Shared>('GET', `shared/${encodeURIComponent(token)}`, { anonymous: true }),
    /** Full text over the person's messages, best first. */
    search: (q: string, query: PageQuery = {}) =>
      http.json<Page<SearchHit>>('GET', 'search', { query: { q, ...query } }),
  }
}
