import type { CallInput, CallOutput, Insight, JournalEntry, MemoryItem, MemorySettings, memory } from '@luna/contracts'
import type { Http } from '../http/request.ts'
import { uuidv7 } from '../uuid.ts'
import type { Page, PageQuery } from './page.ts'

type Calls = typeof memory.calls
type Explained = CallOutput<Calls['explainMemory']>
type Recalled = CallOutput<Calls['recall']>
/** What recurs, and series to plot. */
export type Insights = { items: Insight[]; series: CallOutput<Calls['insights']>['series'] }

const at = (id: string, rest = '') => `memories/${encodeURIComponent(id)}${rest}`
const entry = (id: string) => `journal/${encodeURIComponent(id)}`

/** `memories`: what is remembered, and the person's say in it; and the `journal`. */
export function memories(http: Http) {
  return {
    memories: {
      list: (query: Omit<CallInput<Calls['listMemories']>, 'limit' | 'cursor'> & PageQuery = {}) =>
        http.json<Page<MemoryItem>>('GET', 'memories', { query: { ...query } }),
      get: (id: string) => http.json<MemoryItem>('GET', at(id)),
      /** The same `id` may be sent again and is one memory. */
      add: (input: Omit<CallInput<Calls['addMemory']>, 'id'> & { id?: string }) => {
        const body = { id: uuidv7(), ...input }
        return http.json<MemoryItem>('POST', 'memories', { body, idempotencyKey: body.id })
      },
      update: (id: string, changes: Omit<CallInput<Calls['editMemory']>, 'id' | 'ifVersion'>, ifVersion?: number) =>
        http.json<MemoryItem>('PATCH', at(id), { body: changes, ifVersion }),
      forget: (id: string, ifVersion?: number) => http.json<void>('DELETE', at(id), { ifVersion }),
      /** Why it is remembered: what was said, earlier versions, what it took the place of. */
      why: (id: string) => http.json<Explained>('GET', at(id, '/why')),
      recall: (input: Pick<CallInput<Calls['recall']>, 'query' | 'characterId' | 'limit' | 'asOf' | 'tokenBudget'>) =>
        http.json<Recalled>('POST', 'memories/recall', { body: input }),
      insights: (query: { days?: number; characterId?: string } = {}) =>
        http.json<Insights>('GET', 'memories/insights', { query: { ...query } }),
      settings: () => http.json<MemorySettings>('GET', 'memories/settings'),
      changeSettings: (changes: Partial<MemorySettings>) =>
        http.json<MemorySettings>('PATCH', 'memories/settings', { body: changes }),
    },
    journal: {
      list: (query: PageQuery & { tag?: string; q?: string } = {}) =>
        http.json<Page<JournalEntry>>('GET', 'journal', { query: { ...query } }),
      add: (input: Omit<CallInput<Calls['addJournal']>, 'id'> & { id?: string }) => {
        const body = { id: uuidv7(), ...input }
        return http.json<JournalEntry>('POST', 'journal', { body, idempotencyKey: body.id })
      },
      update: (id: string, changes: Omit<CallInput<Calls['editJournal']>, 'id' | 'ifVersion'>, ifVersion?: number) =>
        http.json<JournalEntry>('PATCH', entry(id), { body: changes, ifVersion }),
      remove: (id: string, ifVersion?: number) => http.json<void>('DELETE', entry(id), { ifVersion }),
      prompts: (query: { limit?: number } = {}) =>
        http.json<{ items: string[] }>('GET', 'journal/prompts', { query: { ...query } }),
    },
  }
}
