import { LunaError } from '@luna/contracts'

/** One piece of a prompt that may be left out. */
export interface PromptPart {
  /** What the receipt calls it when it is cut, such as `lore` or `older messages`. */
  what: string
  tokens: number
  /** Higher is kept first; equals in the given order. */
  priority: number
  /** Kept whatever it costs. */
  required?: boolean
  /** Parts of one run, such as a history, are cut from the lowest priority up, never out of the middle. */
  run?: string
}

export interface Packed<T extends PromptPart> {
  /** In the given order. */
  kept: T[]
  /** For the receipt: one entry for each `what`, in the given order. */
  cut: { what: string; tokens: number }[]
  tokens: number
}

/**
 * Chooses what fits into `budget` tokens: required parts, then by priority, each if it still fits.
 * Throws LunaError `too-large` when the required parts alone do not fit.
 */
export function packBudget<T extends PromptPart>(parts: readonly T[], budget: number): Packed<T> {
  const kept = new Set(parts.filter(part => part.required))
  let tokens = 0
  for (const part of kept) tokens += part.tokens
  if (tokens > budget) {
    throw new LunaError(
      'too-large',
      `The prompt needs ${tokens} tokens at least, and the model's budget is ${budget}. Write less at once, or raise the budget.`,
      {
        details: { needed: tokens, limit: budget },
      },
    )
  }
  const brokenRuns = new Set<string>()
  for (const part of parts.filter(each => !each.required).toSorted((a, b) => b.priority - a.priority)) {
    if (part.run !== undefined && brokenRuns.has(part.run)) continue
    if (tokens + part.tokens <= budget) {
      kept.add(part)
      tokens += part.tokens
    } else if (part.run !== undefined) brokenRuns.add(part.run)
  }
  const cut = new Map<string, number>()
  for (const part of parts) if (!kept.has(part)) cut.set(part.what, (cut.get(part.what) ?? 0) + part.tokens)
  return {
    kept: parts.filter(part => kept.has(part)),
    cut: [...cut].map(([what, each]) => ({ what, tokens: each })),
    tokens,
  }
}
