import type { CallInput } from '@luna/contracts'
import { type personality as contract, personality } from '@luna/contracts'
import type { RunningLuna } from '@luna/testing'
import type { Figure } from '../kit/figure.ts'
import { quantile, round } from '../kit/numbers.ts'
import { signIn } from '../kit/sign-in.ts'

const goalMs = 50
const batch = 100
const words = ['harbour', 'clock', 'orchard', 'violin', 'glacier', 'market', 'lantern', 'railway', 'desert', 'library']
const pick = (n: number, step: number): string => words[(n * step) % words.length] ?? ''

type New = NonNullable<CallInput<typeof contract.calls.bulkCharacters>['create']>[number]

const made = (n: number): Record<string, unknown> => ({
  name: `${pick(n, 3)} keeper ${n}`,
  description: `You are number ${n}. You live by the ${pick(n, 7)} and care for the ${pick(n + 3, 1)}. `.repeat(6),
  personality: `Curious about every ${pick(n + 5, 3)}.`,
  tags: [pick(n, 1), pick(n + 1, 1), n % 3 === 0 ? 'rare' : 'common'],
  language: ['en', 'de', 'fr', 'es'][n % 4] ?? 'en',
  visibility: (n % 2 === 0 ? 'private' : 'public') satisfies New['visibility'],
})

/** Full-text search with facets over so many characters, over REST, one request after another. */
export async function characterSearch(luna: RunningLuna, characters: number, rounds: number): Promise<Figure> {
  const headers = { authorization: `Bearer ${await signIn(luna.url)}`, 'content-type': 'application/json' }
  const api = `${luna.url}/api/v1/characters`
  for (let from = 0; from < characters; from += batch) {
    const create = Array.from({ length: Math.min(batch, characters - from) }, (_, index) => made(from + index))
    const response = await fetch(`${api}/bulk`, { method: 'POST', headers, body: JSON.stringify({ create }) })
    if (!response.ok)
      throw new Error(`${personality.calls.bulkCharacters.name}: ${response.status} ${await response.text()}`)
  }
  const queries = ['harbour', 'clock keeper', '"violin keeper"', 'curious glacier', 'rare orchard', 'number 78', '']
  const times: number[] = []
  for (let n = 0; n < rounds + 20; n += 1) {
    const query = new URLSearchParams({ q: queries[n % queries.length] ?? '', ...(n % 4 === 0 ? { tag: 'rare' } : {}) })
    const started = performance.now()
    const response = await fetch(`${api}/search?${query.toString()}`, { headers })
    const { total } = (await response.json()) as { total: number }
    if (!response.ok || total === 0) throw new Error(`A search found nothing: ${query.toString()}`)
    if (n >= 20) times.push(performance.now() - started)
  }
  const value = round(quantile(times, 0.95))
  return {
    name: `search over ${characters} characters with facets, p95 (ms)`,
    luna: round(quantile(times, 0.5)),
    plain: null,
    value,
    unit: 'ms',
    goal: `<= ${goalMs} ms`,
    met: value <= goalMs,
  }
}
