import type { Rule } from './rule.ts'
import { feelingRules } from './script-feelings.ts'
import { lifeRules } from './script-life.ts'
import { selfRules } from './script-self.ts'

/** The whole script, in the order in which rules are tried: safety, the responder itself, feelings, then life. */
export const script: readonly Rule[] = [...selfRules, ...feelingRules, ...lifeRules]

/** When no rule fits and nothing is left to come back to. */
export const fallbacks: readonly string[] = [
  'Tell me more about that.',
  'What comes to your mind when you think about it?',
  'I see. How did that begin?',
  'What about it matters most to you?',
  'Please go on, in whatever order it comes.',
  'And what would you like to happen?',
  'How long has this been with you?',
]

/** Ways to come back to something said earlier; `$1` is what was remembered. */
export const recollections: readonly string[] = [
  'Earlier you spoke of $1. Does this have to do with it?',
  'Let us go back for a moment to $1. What else is there to say about it?',
  'I am still thinking of $1, which you mentioned. How is that today?',
]
