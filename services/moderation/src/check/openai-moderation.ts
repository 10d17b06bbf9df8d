import { type ContentClass, LunaError } from '@luna/contracts'
import type { ResolvedProvider } from '@luna/models'
import type { Finding } from '@luna/safety'
import { z } from 'zod'

const answer = z.object({
  results: z
    .array(
      z.object({ categories: z.record(z.string(), z.boolean()), category_scores: z.record(z.string(), z.number()) }),
    )
    .min(1),
})
type Result = z.infer<typeof answer>['results'][number]

/** The categories of OpenAI's moderation API and the class that each stands for. */
const classOf: Readonly<Record<string, ContentClass>> = {
  sexual: 'sexual',
  'sexual/minors': 'sexual/minors',
  hate: 'hate',
  'hate/threatening': 'hate/threat',
  harassment: 'harassment',
  'harassment/threatening': 'harassment',
  violence: 'violence',
  'violence/graphic': 'violence/graphic',
  'self-harm': 'self-harm',
  'self-harm/intent': 'self-harm',
  'self-harm/instructions': 'self-harm',
  illicit: 'illicit',
  'illicit/violent': 'illicit',
}

/** `POST {baseURL}/moderations` of the operator's own provider. @throws LunaError `provider-failed` */
export async function openaiModeration(
  provider: Pick<ResolvedProvider, 'baseURL' | 'apiKey'>,
  model: string,
  text: string,
  signal: AbortSignal,
): Promise<Result> {
  const response = await fetch(`${provider.baseURL.replace(/\/$/, '')}/moderations`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(provider.apiKey ? { authorization: `Bearer ${provider.apiKey}` } : {}),
    },
    body: JSON.stringify({ model, input: text }),
    redirect: 'error',
    signal,
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new LunaError('provider-failed', `The moderation model answered with status ${response.status}.`)
  }
  const read = answer.safeParse(await response.json())
  const result = read.data?.results[0]
  if (!result) throw new LunaError('provider-failed', 'The moderation model answered with something else than results.')
  return result
}

/** What the provider flags acts; what it does not flag stays below, whatever its score. */
export function fromOpenAI({ categories, category_scores: scores }: Result): Finding[] {
  const found = new Map<ContentClass, number>()
  for (const [category, flagged] of Object.entries(categories)) {
    const name = classOf[category]
    if (!name || !flagged) continue
    const score = Math.min(1, Math.max(0.5, scores[category] ?? 0))
    found.set(name, Math.max(found.get(name) ?? 0, score))
  }
  return [...found].map(([name, score]) => ({ class: name, score, span: null, rule: `model/${name}` }))
}
