import type { ContentClass, Direction } from '@luna/contracts'
import type { Rule } from '../lexical/matcher.ts'

export type LexicalClass = Exclude<ContentClass, 'personal-data'>

export interface AbuseRule extends Rule {
  class: LexicalClass
  /** 0 to 1: how sure the words alone are. A verdict acts from 0.5 on. */
  score: number
  /** Missing: in every direction. */
  directions: readonly Direction[] | null
}

/** Rules of one class: `name: pattern`. */
export const abuseRules = (
  content: LexicalClass,
  score: number,
  rules: Readonly<Record<string, string>>,
  directions: readonly Direction[] | null = null,
): AbuseRule[] =>
  Object.entries(rules).map(([name, pattern]) => ({
    id: `${content}/${name}`,
    class: content,
    score,
    directions,
    pattern,
  }))
