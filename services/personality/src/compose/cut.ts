import type { PromptPart } from '@luna/contracts'

export interface Cut {
  readonly kept: readonly PromptPart[]
  readonly cut: readonly { what: string; tokens: number }[]
}

/** Around each part, for role and separators; as chat reckons. */
const perPart = 4

/** Required parts always stay; of the others the highest priorities as far as the budget goes, in their old order. */
export function cutToBudget(parts: readonly PromptPart[], budget: number): Cut {
  let left = budget - parts.filter(({ required }) => required).reduce((sum, { tokens }) => sum + tokens + perPart, 0)
  const kept = new Set(parts.filter(({ required }) => required))
  const cut: { what: string; tokens: number }[] = []
  for (const part of parts.filter(({ required }) => !required).toSorted((a, b) => b.priority - a.priority)) {
    if (part.tokens + perPart <= left) {
      left -= part.tokens + perPart
      kept.add(part)
    } else cut.push({ what: part.name, tokens: part.tokens + perPart })
  }
  return { kept: parts.filter(part => kept.has(part)), cut }
}
