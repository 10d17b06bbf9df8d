import type { Recalled } from '@luna/contracts'
import { estimateTokens } from '@luna/models'
import type { Ranked } from '../rank/rank.ts'
import { terms } from '../rank/terms.ts'
import { excerpt } from './excerpt.ts'

/** Something that was found, opened. */
export interface Found {
  readonly ranked: Ranked
  readonly kind: 'episode' | 'memory'
  readonly text: string
  readonly speaker: 'person' | 'character' | 'system'
  readonly at: Date
  readonly pinned: boolean
  /** The messages that a memory was concluded from. */
  readonly sources: readonly string[]
  readonly validTo?: Date | undefined
}

export interface PackOptions {
  tokenBudget: number
  limit: number
}

export interface Packed {
  items: Recalled[]
  cut: { what: string; tokens: number }[]
}

/** Of one message no more than this is recalled: a long letter must not push out everything else. */
const itemTokens = 300
/** What each item costs beyond its text: speaker and date. */
const frameTokens = 12
/** So much of the words in common, and two texts say the same. */
const sameWords = 0.85

/** Fills the budget with the best, nothing twice; what no longer fits is counted. */
export function pack(found: readonly Found[], { tokenBudget, limit }: PackOptions): Packed {
  const items: Recalled[] = []
  const taken: ReadonlySet<string>[] = []
  const told = new Set<string>()
  let left = tokenBudget
  let cutTokens = 0
  for (const each of found) {
    if (each.text === '' || told.has(each.ranked.id)) continue
    const words = new Set(terms(each.text).map(({ term }) => term))
    if (taken.some(other => overlap(words, other) >= sameWords)) continue
    const text = excerpt(each.text, new Set(each.ranked.terms), itemTokens)
    const tokens = estimateTokens(text) + frameTokens
    if (items.length === limit || tokens > left) {
      cutTokens += tokens
      continue
    }
    left -= tokens
    taken.push(words)
    const id = each.kind === 'memory' ? { memoryId: each.ranked.id } : { messageId: each.ranked.id }
    items.push({ ...id, text, score: round(scoreOf(each.ranked.score)), why: why(each) })
  }
  return { items, cut: cutTokens > 0 ? [{ what: 'memory', tokens: cutTokens }] : [] }
}

/** From 0 to 1; one half where everything that was asked for is there. */
const scoreOf = (rank: number): number => rank / (1 + rank)
const round = (score: number): number => Math.round(score * 1_000) / 1_000

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return one.size === other.size ? 1 : 0
  let common = 0
  for (const word of one) if (other.has(word)) common += 1
  return common / (one.size + other.size - common)
}

/** For the person: which words were found, and who said this when. */
function why({ ranked, kind, speaker, at, pinned, validTo }: Found): string[] {
  return [
    ...(pinned ? ['pinned'] : []),
    ...(ranked.matched.length > 0 ? [`words: ${ranked.matched.join(', ')}`] : []),
    ...(ranked.beside.length > 0 ? [`words beside it: ${ranked.beside.join(', ')}`] : []),
    ...(ranked.similar.length > 0 ? [`of the same sense: ${ranked.similar.slice(0, 3).join(', ')}`] : []),
    ...(ranked.near === undefined ? [] : [`close in meaning: ${round(ranked.near)}`]),
    ...(ranked.timeFits ? ['the time asked about'] : []),
    kind === 'memory' ? 'learned from the person' : `said by the ${speaker}`,
    `on ${at.toISOString().slice(0, 10)}`,
    ...(validTo ? [`until ${validTo.toISOString().slice(0, 10)}`] : []),
  ]
}
