import { type ContentClass, contentClass, type moderation } from '@luna/contracts'
import { scan } from '@luna/safety'
import type { CallHandlers } from '@luna/service'
import type { ModerationContext } from '../context.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

/** Serves `moderation.classify.v1`: what the local layers make of texts, whatever a policy asks. Nothing is written down. */
export const classify: Handlers['classify'] = async ({ texts }) => {
  const { assessLinear, linearVersion } = await import('@luna/safety/linear')
  const results = texts.map(text => {
    const { classes, risk } = scan(text, 'person')
    const { any, scores } = assessLinear(text, classes)
    const best: Partial<Record<ContentClass, number>> = {}
    for (const name of contentClass.options) {
      const rules = classes.filter(found => found.class === name).map(found => found.score)
      // Rules are features of the model; where the model knows a class its word counts, elsewhere that of the rules.
      best[name] = scores[name] ?? Math.max(0, ...rules)
    }
    const unlabelled = (best.illicit ?? 0) >= 0.5
    return { flagged: any >= 0.5 || unlabelled, scores: best, risk }
  })
  return { model: `luna-${linearVersion}`, results }
}
