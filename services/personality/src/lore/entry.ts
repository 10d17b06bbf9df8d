/** How secondary keys narrow an entry down once a primary key was said (SillyTavern World Info, selective logic). */
export type SelectiveLogic = 'and-any' | 'not-all' | 'not-any' | 'and-all'

export type LorePosition = 'before' | 'after' | 'depth' | 'end'

/** One entry of a lorebook in the words of Luna, whatever format it came in. Counts are messages. */
export interface LoreEntry {
  /** Unique among the books that are looked at together. */
  readonly id: string
  readonly name: string
  readonly keys: readonly string[]
  readonly secondaryKeys: readonly string[]
  readonly logic: SelectiveLogic
  readonly content: string
  readonly enabled: boolean
  readonly constant: boolean
  readonly order: number
  readonly position: LorePosition
  readonly depth: number
  readonly role: 'system' | 'user' | 'assistant'
  /** 0 to 100. */
  readonly probability: number
  readonly group: string
  readonly groupWeight: number
  /** Wins its group by its order instead of by lot. */
  readonly groupOverride: boolean
  readonly sticky: number
  readonly cooldown: number
  readonly delay: number
  readonly excludeRecursion: boolean
  readonly preventRecursion: boolean
  readonly delayUntilRecursion: boolean
  /** Newest messages that are looked at; null: as the book says. */
  readonly scanDepth: number | null
  readonly caseSensitive: boolean
  readonly wholeWords: boolean
  readonly useRegex: boolean
  readonly ignoreBudget: boolean
  /** Fires in every so many messages only; 0: always. */
  readonly every: number
  /** Once matched it stays (`keep`) or never fires again (`once`). */
  readonly afterMatch: 'keep' | 'once' | null
  readonly excludeKeys: readonly string[]
}

export interface LoreBook {
  readonly entries: readonly LoreEntry[]
  readonly scanDepth: number
  readonly tokenBudget: number
  readonly recursive: boolean
}

export const bookDefaults = { scanDepth: 4, tokenBudget: 1_500 } as const

/** What bounds the work on one book, whatever a card says. */
export const loreLimits = {
  entries: 5_000,
  keys: 20_000,
  keyCharacters: 1_000,
  scanDepth: 50,
  scanCharacters: 100_000,
  levels: 8,
  /** Characters that keys are compared with in one activation; a linear-time regex counts forty for one. */
  work: 400_000_000,
  regexCost: 40,
} as const
