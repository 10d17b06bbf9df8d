import type { RunningLuna } from '@luna/testing'
import type { Figure } from '../kit/figure.ts'
import { quantile, round } from '../kit/numbers.ts'
import { signIn } from '../kit/sign-in.ts'

const goalMs = 10

const entry = (n: number) => ({
  keys: [`word${n}`, n % 10 === 0 ? `/w[o0]rd${n}\\b/` : `thing${n}`],
  content: `Entry ${n} says that thing${(n * 7) % 500} matters.`,
  extensions: { probability: n % 3 === 0 ? 50 : 100 },
})

/** The prompt of a character with a lorebook of 500 entries, composed again and again from the cache, through REST. */
export async function composeFromCache(luna: RunningLuna, rounds: number): Promise<Figure> {
  const headers = { authorization: `Bearer ${await signIn(luna.url)}`, 'content-type': 'application/json' }
  const api = `${luna.url}/api/v1/characters`
  const character = {
    name: 'Composed',
    description: 'You are {{char}} and know {{user}} well. '.repeat(80),
    personality: 'Precise.',
    exampleDialogue: '{{user}}: hello\n{{char}}: hello',
    lorebook: { entries: Array.from({ length: 500 }, (_, n) => entry(n)), recursive_scanning: true },
  }
  const response = await fetch(api, { method: 'POST', headers, body: JSON.stringify(character) })
  const { id } = (await response.json()) as { id: string }
  const begun = await fetch(`${luna.url}/api/v1/conversations`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ characterId: id }),
  })
  const { id: conversationId } = (await begun.json()) as { id: string }
  const text = Array.from({ length: 300 }, (_, n) => `word${n * 3} and rain`).join(', ')
  const sent = await fetch(`${luna.url}/api/v1/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ text }),
  })
  if (!sent.ok) throw new Error(`The message was refused: ${sent.status}`)
  const times: number[] = []
  for (let n = 0; n < rounds + 20; n += 1) {
    const started = performance.now()
    const answer = await fetch(`${api}/${id}/prompt?conversationId=${conversationId}`, { headers })
    const { parts } = (await answer.json()) as { parts: unknown[] }
    if (parts.length < 5) throw new Error(`A prompt has only ${parts.length} parts.`)
    if (n >= 20) times.push(performance.now() - started)
  }
  const value = round(quantile(times, 0.95))
  return {
    name: 'compose from cache, 500 lorebook entries, over REST, p95 (ms)',
    luna: round(quantile(times, 0.5)),
    plain: null,
    value,
    unit: 'ms',
    goal: `<= ${goalMs} ms`,
    met: value <= goalMs,
  }
}
