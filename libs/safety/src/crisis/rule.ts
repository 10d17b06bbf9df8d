import type { RiskLevel } from '@luna/contracts'
import type { Rule } from '../lexical/matcher.ts'

export type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'ru' | 'hi' | 'ja' | 'zh'

export interface CrisisRule extends Rule {
  language: Language
  level: Exclude<RiskLevel, 'none'>
  /** A wish or intention, which a word such as "tonight" beside it makes imminent. */
  intent: boolean
}

type Lines = Readonly<Record<string, string>>

/**
 * The rules of one language. A name ending in `!` marks an intention.
 * - imminent: means at hand, a plan, a farewell, an act under way
 * - high: a wish to be dead or to hurt oneself, said directly or veiled
 * - low: despair that may lie before that; two different ones together count as high
 */
export function crisisRules(language: Language, levels: Record<CrisisRule['level'], Lines>): CrisisRule[] {
  return (['imminent', 'high', 'low'] as const).flatMap(level =>
    Object.entries(levels[level]).map(([name, pattern]) => ({
      id: `${language}/${name.replace('!', '')}`,
      language,
      level,
      intent: name.endsWith('!'),
      pattern,
    })),
  )
}
