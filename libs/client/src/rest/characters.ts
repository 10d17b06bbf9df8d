import type { Character } from '@luna/contracts'
import type { Http } from '../http/request.ts'
import type { Page, PageQuery } from './page.ts'

/** `characters`: whom one may talk to. */
export function characters(http: Http) {
  return {
    characters: {
      list: (query: PageQuery = {}) => http.json<Page<Character>>('GET', 'characters', { query: { ...query } }),
      get: (id: string) => http.json<Character>('GET', `characters/${encodeURIComponent(id)}`),
    },
  }
}
