import type { PromptPart } from '@luna/contracts'
import { estimateTokens } from '@luna/models'

/** A system part of a prompt with its tokens counted; before the history unless it says otherwise. */
export const promptPart = (
  name: string,
  text: string,
  keep: { priority: number; required: boolean; place?: PromptPart['place'] },
): PromptPart => ({
  name,
  role: 'system',
  text,
  tokens: estimateTokens(text),
  priority: keep.priority,
  required: keep.required,
  place: keep.place ?? 'before',
})
