import type { Recalled } from '@luna/contracts'
import { estimateTokens } from '@luna/models'
import { fold } from '@luna/service'
import { excerpt } from './excerpt.ts'
import { floor, type Rated, type ScoredText } from './score.ts'

export interface DatedText extends ScoredText {
  readonly saidAt: Date
}

export interface PackOptions {
  tokenBudget: number
  limit: number
  /** Already in the prompt. */
  except: ReadonlySet<string>
}

export interface Packed {
  items: Recalled[]
  cut: { what: string; tokens: number }[]
}

/** Of one message no more than this is recalled: a long letter must not push out everything else. */
const itemTokens = 300

/** What each item costs beyond its text: speaker and date. */
const frameTokens = 12

/** Fills the budget with the best, each text once, nothing under the floor. */
export function pack(rated: readonly Rated<DatedText>[], { tokenBudget, limit, except }: PackOptions): Packed {
  const items: Recalled[] = []
  const seen = new Set<string>()
  let left = tokenBudget
  let cutTokens = 0
  for (const each of rated) {
    if (each.score < floor) break
    if (except.has(each.text.messageId) || each.text.text === '') continue
    const same = fold(each.text.text)
    if (seen.has(same)) continue
    seen.add(same)
    const text = excerpt(each.text.text, new Set(each.matched.map(({ term }) => term)), itemTokens)
    const tokens = estimateTokens(text) + frameTokens
    if (items.length === limit || tokens > left) {
      cutTokens += tokens
      continue
    }
    left -= tokens
    items.push({ messageId: each.text.messageId, text, score: round(each.score), why: why(each) })
  }
  return { items, cut: cutTokens > 0 ? [{ what: 'memory', tokens: cutTokens }] : [] }
}

const round = (score: number): number => Math.round(score * 1_000) / 1_000

/** For the person: which words were found, and who said this when. */
function why({ text, matched, beside }: Rated<DatedText>): string[] {
  const list = (terms: Rated<DatedText>['matched']) => terms.map(({ plain }) => plain).join(', ')
  return [
    ...(matched.length > 0 ? [`words: ${list(matched)}`] : []),
    ...(beside.length > 0 ? [`words beside it: ${list(beside)}`] : []),
    `said by the ${text.speaker}`,
    `on ${text.saidAt.toISOString().slice(0, 10)}`,
  ]
}
