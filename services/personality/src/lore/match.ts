import { type LoreEntry, loreLimits } from './entry.ts'
import { type CompileRegex, type LinearTest, loadRegex, regexOf } from './regex.ts'

/** A key that can be looked for, and what looking costs by the character. */
interface Matcher {
  readonly key: string
  readonly cost: number
  test(text: string, folded: string): boolean
}

/** An entry whose keys stand ready. */
export interface PreparedEntry {
  readonly entry: LoreEntry
  readonly primary: readonly Matcher[]
  readonly secondary: readonly Matcher[]
  readonly excluded: readonly Matcher[]
  /** Keys that no linear-time engine can look for. */
  readonly unusable: readonly string[]
}

export async function prepareEntries(entries: readonly LoreEntry[]): Promise<PreparedEntry[]> {
  const needsRegex = entries.some(entry =>
    [...entry.keys, ...entry.secondaryKeys].some(key => entry.useRegex || regexOf(key)),
  )
  const compile = needsRegex ? await loadRegex() : () => null
  return entries.map(entry => prepareEntry(entry, compile))
}

function prepareEntry(entry: LoreEntry, compile: CompileRegex): PreparedEntry {
  const unusable: string[] = []
  const ready = (key: string): Matcher[] => {
    const matcher = matcherOf(key, entry, compile)
    if (!matcher) unusable.push(key)
    return matcher ? [matcher] : []
  }
  return {
    entry,
    primary: entry.keys.flatMap(ready),
    secondary: entry.secondaryKeys.flatMap(ready),
    excluded: entry.excludeKeys.flatMap(ready),
    unusable,
  }
}

function matcherOf(key: string, entry: LoreEntry, compile: CompileRegex): Matcher | null {
  const regex = regexOf(key) ?? (entry.useRegex ? { pattern: key, flags: entry.caseSensitive ? '' : 'i' } : null)
  if (regex) {
    const test: LinearTest | null = compile(regex.pattern, regex.flags)
    return test && { key, cost: loreLimits.regexCost, test: text => test(text) }
  }
  const wanted = entry.caseSensitive ? key : fold(key)
  const whole = entry.wholeWords && !/\s/.test(key)
  const find = whole ? hasWord : (text: string, part: string) => text.includes(part)
  return { key, cost: 1, test: (text, folded) => find(entry.caseSensitive ? text : folded, wanted) }
}

export const fold = (text: string): string => text.toLowerCase()

const isWordAt = (text: string, index: number): boolean => {
  const point = text.codePointAt(index)
  return point !== undefined && /[\p{L}\p{N}_]/u.test(String.fromCodePoint(point))
}

/** Whether a word stands in the text with no letter or digit on either side. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isBound = (at === 0 || !isWordAt(text, at - 1)) && !isWordAt(text, at + word.length)
    if (isBound) return true
  }
  return false
}
