import { isObject, type Json } from '../cards/card.ts'
import { readDecorators } from './decorators.ts'
import {
  bookDefaults,
  type LoreBook,
  type LoreEntry,
  type LorePosition,
  loreLimits,
  type SelectiveLogic,
} from './entry.ts'

const logics: readonly SelectiveLogic[] = ['and-any', 'not-all', 'not-any', 'and-all']
const roles = ['system', 'user', 'assistant'] as const

const number = (value: unknown, fallback: number, least: number, most: number): number => {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof found === 'number' && Number.isFinite(found) ? Math.min(most, Math.max(least, found)) : fallback
}
const flag = (...values: unknown[]): boolean => values.find(value => typeof value === 'boolean') === true
const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [])
    .filter((key): key is string => typeof key === 'string')
    .map(key => key.trim())
    .filter(key => key !== '' && key.length <= loreLimits.keyCharacters)

/** SillyTavern's numbers for positions; V2 and V3 say `before_char` and `after_char`. */
function positionOf(value: unknown, decorated: string | undefined): LorePosition {
  if (decorated === 'before_desc') return 'before'
  if (decorated === 'after_desc' || decorated === 'personality' || decorated === 'scenario') return 'after'
  if (value === 4) return 'depth'
  if (value === 2 || value === 3) return 'end'
  return value === 1 || value === 'after_char' ? 'after' : 'before'
}

/** A lorebook of a card (V2, V3 and SillyTavern's extensions of it) in the words of Luna. Never throws. */
export function normaliseBook(book: Json, prefix: string): LoreBook {
  const list = Array.isArray(book['entries'])
    ? book['entries']
    : isObject(book['entries'])
      ? Object.values(book['entries'])
      : []
  let keys = 0
  const entries: LoreEntry[] = []
  for (const [index, value] of list.slice(0, loreLimits.entries).entries()) {
    if (!isObject(value)) continue
    const entry = normaliseEntry(value, `${prefix}${index}`)
    keys += entry.keys.length + entry.secondaryKeys.length
    if (keys > loreLimits.keys) break
    entries.push(entry)
  }
  return {
    entries,
    scanDepth: number(book['scan_depth'], bookDefaults.scanDepth, 0, loreLimits.scanDepth),
    tokenBudget: number(book['token_budget'], bookDefaults.tokenBudget, 0, 100_000),
    recursive: flag(book['recursive_scanning']),
  }
}

function normaliseEntry(raw: Json, id: string): LoreEntry {
  const extensions = isObject(raw['extensions']) ? raw['extensions'] : {}
  /** A field by SillyTavern's name, among the card's extensions or, in World Info itself, on the entry. */
  const field = (snake: string, camel: string): unknown => extensions[snake] ?? raw[camel] ?? raw[snake]
  const { decorators, content } = readDecorators(typeof raw['content'] === 'string' ? raw['content'] : '')
  const keys = [...strings(raw['keys'] ?? raw['key']), ...strings(decorators.get('additional_keys'))]
  const secondaryKeys = strings(raw['secondary_keys'] ?? raw['keysecondary'])
  const at = field('position', 'position')
  const decoratedDepth = decorators.get('depth')
  const position = decoratedDepth === undefined ? positionOf(at, decorators.get('position')) : 'depth'
  const name = [raw['name'], raw['comment'], keys[0]].find(
    (text): text is string => typeof text === 'string' && text !== '',
  )
  const useProbability = field('useProbability', 'useProbability') !== false
  const roleName = decorators.get('role')
  const selective = raw['selective'] !== false
  return {
    id,
    name: (name ?? id).slice(0, 120),
    keys,
    secondaryKeys: selective ? secondaryKeys : [],
    logic: logics[number(field('selectiveLogic', 'selectiveLogic'), 0, 0, 3)] ?? 'and-any',
    content,
    enabled: raw['enabled'] !== false && raw['disable'] !== true && !decorators.has('dont_activate'),
    constant: flag(raw['constant']) || decorators.has('activate'),
    order: number(raw['insertion_order'] ?? raw['order'], 100, -1e6, 1e6),
    position,
    depth: number(decoratedDepth ?? field('depth', 'depth'), 4, 0, 10_000),
    role: roles.find(role => role === roleName) ?? roles[number(field('role', 'role'), 0, 0, 2)] ?? 'system',
    probability: useProbability ? number(field('probability', 'probability'), 100, 0, 100) : 100,
    group: typeof field('group', 'group') === 'string' ? String(field('group', 'group')).trim() : '',
    groupWeight: number(field('group_weight', 'groupWeight'), 100, 1, 10_000),
    groupOverride: flag(field('group_override', 'groupOverride')),
    sticky: number(field('sticky', 'sticky'), 0, 0, 10_000),
    cooldown: number(field('cooldown', 'cooldown'), 0, 0, 10_000),
    delay: Math.max(
      number(field('delay', 'delay'), 0, 0, 10_000),
      number(decorators.get('activate_only_after'), 0, 0, 10_000),
    ),
    excludeRecursion: flag(field('exclude_recursion', 'excludeRecursion')),
    preventRecursion: flag(field('prevent_recursion', 'preventRecursion')),
    delayUntilRecursion: Boolean(field('delay_until_recursion', 'delayUntilRecursion')),
    scanDepth: scanDepthOf(decorators.get('scan_depth') ?? field('scan_depth', 'scanDepth')),
    caseSensitive: flag(raw['case_sensitive'], field('case_sensitive', 'caseSensitive')),
    wholeWords: flag(field('match_whole_words', 'matchWholeWords')),
    useRegex: flag(raw['use_regex']),
    ignoreBudget: flag(field('ignore_budget', 'ignoreBudget')),
    every: number(decorators.get('activate_only_every'), 0, 0, 10_000),
    afterMatch: decorators.has('keep_activate_after_match')
      ? 'keep'
      : decorators.has('dont_activate_after_match')
        ? 'once'
        : null,
    excludeKeys: strings(decorators.get('exclude_keys')),
  }
}

const scanDepthOf = (value: unknown): number | null =>
  value === null || value === undefined || value === ''
    ? null
    : number(value, bookDefaults.scanDepth, 0, loreLimits.scanDepth)
