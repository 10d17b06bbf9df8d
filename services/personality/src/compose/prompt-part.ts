import type { PromptPart } from '@luna/contracts'
import { estimateTokens } from '@luna/models'
import { LRUCache } from 'lru-cache'

const counted = new LRUCache<string, number>({
  max: 5_000,
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: (_, text) => text.length + 64,
})

/** Tokens of a text, counted once: most parts are the same turn after turn. */
export function tokensOf(text: string): number {
  const known = counted.get(text)
  if (known !== undefined) return known
  const tokens = estimateTokens(text)
  counted.set(text, tokens)
  return tokens
}

export interface Keep {
  priority: number
  required?: boolean
  place?: PromptPart['place']
  role?: PromptPart['role']
  depth?: number
}

/** A part of a prompt with its tokens counted: of the system, before the history and cut when there is no room, unless it says otherwise. */
export const promptPart = (name: string, text: string, keep: Keep): PromptPart => ({
  name,
  role: keep.role ?? 'system',
  text,
  tokens: tokensOf(text),
  priority: keep.priority,
  required: keep.required ?? false,
  place: keep.place ?? 'before',
  ...(keep.depth === undefined ? {} : { depth: keep.depth }),
})
