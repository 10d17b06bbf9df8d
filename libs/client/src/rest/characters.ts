import type {
  Character,
  CharacterDetail,
  CharacterSheet,
  Facets,
  Generation,
  GenerationForm,
  Lorebook,
  LorebookBody,
  MoodSnapshot,
  MoodState,
  Persona,
  PromptPart,
  Story,
} from '@luna/contracts'
import { readEvents } from '../http/events.ts'
import type { Http } from '../http/request.ts'
import { uuidv7 } from '../uuid.ts'
import type { Page, PageQuery } from './page.ts'

export interface CharacterQuery extends PageQuery {
  q?: string
  tags?: readonly string[]
  language?: string
  visibility?: Character['visibility']
  own?: boolean
}

export interface CharacterPage extends Page<Character> {
  facets: Facets
  total: number
}

export type CharacterInput = Partial<CharacterSheet> & {
  visibility?: Character['visibility']
  lorebook?: LorebookBody
}

export interface Imported {
  items: CharacterDetail[]
  lorebooks: Lorebook[]
  /** What could not be read as it stood, and what was kept instead. */
  warnings: string[]
}

export interface ShownPrompt {
  parts: PromptPart[]
  cut: { what: string; tokens: number }[]
  lore: { entry: string; why: string }[]
  tokens: number
}

const at = (id: string, rest = '') => `characters/${encodeURIComponent(id)}${rest}`

function formOf(file: Blob, name: string): FormData {
  const form = new FormData()
  form.append('file', file, name)
  return form
}

function searchPath({ tags = [], ...query }: CharacterQuery): string {
  const found = new URLSearchParams(tags.map((tag): [string, string] => ['tag', tag]))
  for (const [name, value] of Object.entries(query)) if (value !== undefined) found.set(name, String(value))
  return `characters/search?${found.toString()}`
}

/** `characters`: whom one may talk to, and all that belongs to them. */
export function characters(http: Http) {
  return {
    characters: {
      list: (query: PageQuery = {}) => http.json<Page<Character>>('GET', 'characters', { query: { ...query } }),
      search: (query: CharacterQuery = {}) => http.json<CharacterPage>('GET', searchPath(query)),
      get: (id: string) => http.json<CharacterDetail>('GET', at(id)),
      create: (input: CharacterInput & { name: string }) =>
        http.json<CharacterDetail>('POST', 'characters', { body: input }),
      update: (id: string, changes: CharacterInput, ifVersion?: number) =>
        http.json<CharacterDetail>('PATCH', at(id), { body: changes, ifVersion }),
      remove: (id: string, ifVersion?: number) => http.json<void>('DELETE', at(id), { ifVersion }),
      versions: (id: string, query: PageQuery = {}) =>
        http.json<Page<{ version: number; changed: string[]; at: string }>>('GET', at(id, '/versions'), {
          query: { ...query },
        }),
      diff: (id: string, from: number, to: number) =>
        http.json<{ changes: { field: string; before: unknown; after: unknown }[] }>('GET', at(id, '/versions/diff'), {
          query: { from, to },
        }),
      restore: (id: string, version: number, ifVersion?: number) =>
        http.json<CharacterDetail>('POST', at(id, `/versions/${version}/restore`), { ifVersion }),
      /** A card (PNG, APNG, JSON, CHARX) or a lorebook. */
      import: (file: Blob, name: string) =>
        http.json<Imported>('POST', 'characters/import', { form: formOf(file, name), timeoutMs: 120_000 }),
      export: async (
        id: string,
        options: { format?: 'png' | 'json' | 'charx'; spec?: 'v1' | 'v2' | 'v3'; original?: boolean } = {},
      ): Promise<Blob> => {
        const request = { query: { ...options }, headers: { accept: '*/*' }, timeoutMs: null }
        return (await http.raw('GET', at(id, '/export'), request)).blob()
      },
      /** Needs the credentials of the client; a page can use `avatarUrl` itself. */
      avatar: async (id: string): Promise<Blob> =>
        (await http.raw('GET', at(id, '/avatar'), { headers: { accept: '*/*' } })).blob(),
      setAvatar: (id: string, file: Blob, name = 'avatar') =>
        http.json<CharacterDetail>('PUT', at(id, '/avatar'), { form: formOf(file, name), timeoutMs: 120_000 }),
      /** Each state of a generation as it comes, to its end. */
      async *generate(form: GenerationForm, signal?: AbortSignal): AsyncGenerator<Generation> {
        const response = await http.raw('POST', 'characters/generate', {
          body: form,
          headers: { accept: 'text/event-stream' },
          timeoutMs: null,
          signal,
        })
        if (!response.body) return
        for await (const event of readEvents(response.body)) yield JSON.parse(event.data) as Generation
      },
      generation: (id: string) => http.json<Generation>('GET', `characters/generations/${encodeURIComponent(id)}`),
      regenerateField: (id: string, field: string, hint?: string) =>
        http.json<{ sheet: Partial<CharacterSheet>; by: string }>('POST', at(id, `/fields/${field}/regenerate`), {
          body: hint ? { hint } : {},
          timeoutMs: 130_000,
        }),
      prompt: (id: string, query: { conversationId?: string; budget?: number } = {}) =>
        http.json<ShownPrompt>('GET', at(id, '/prompt'), { query: { ...query } }),
      mood: (id: string) => http.json<MoodState>('GET', at(id, '/mood')),
      moodHistory: (id: string, query: PageQuery = {}) =>
        http.json<Page<MoodSnapshot>>('GET', at(id, '/mood/history'), { query: { ...query } }),
      setMood: (id: string, change: { enabled?: boolean; forget?: boolean }) =>
        http.json<MoodState>('PATCH', at(id, '/mood'), { body: change }),
    },
    personas: {
      list: () => http.json<{ items: Persona[] }>('GET', 'personas'),
      create: (input: { name: string; description: string; isDefault?: boolean }) =>
        http.json<Persona>('POST', 'personas', { body: input }),
      update: (id: string, input: { name: string; description: string; isDefault?: boolean }, ifVersion?: number) =>
        http.json<Persona>('PUT', `personas/${encodeURIComponent(id)}`, { body: input, ifVersion }),
      remove: (id: string) => http.json<void>('DELETE', `personas/${encodeURIComponent(id)}`),
    },
    stories: {
      get: (conversationId: string) =>
        http.json<Story>('GET', `conversations/${encodeURIComponent(conversationId)}/story`),
      update: (
        conversationId: string,
        changes: Partial<Pick<Story, 'personaId' | 'greeting' | 'sceneId' | 'endingId' | 'cast' | 'order'>>,
        ifVersion?: number,
      ) =>
        http.json<Story>('PATCH', `conversations/${encodeURIComponent(conversationId)}/story`, {
          body: changes,
          ifVersion,
        }),
      speak: (conversationId: string, characterId: string, id: string = uuidv7()) =>
        http.json<{ turnId: string }>('POST', `conversations/${encodeURIComponent(conversationId)}/speak`, {
          body: { id, characterId },
        }),
    },
  }
}
