import { type LoreBook, type LoreEntry, loreLimits } from './entry.ts'
import { fold, type PreparedEntry } from './match.ts'
import { lot } from './seed.ts'

/** What stays of an entry that fired, by its id; counts are messages of the conversation. */
export interface LoreTiming {
  /** The count at which it fired. */
  readonly at: number
  /** Fires by itself while the count is below. */
  readonly stickyUntil: number
  /** Does not fire while the count is below. */
  readonly coolUntil: number
}

export type LoreState = Readonly<Record<string, LoreTiming>>

export interface LoreScan {
  readonly book: Pick<LoreBook, 'scanDepth' | 'tokenBudget' | 'recursive'>
  readonly entries: readonly PreparedEntry[]
  /** Newest last. */
  readonly messages: readonly string[]
  /** Messages of the conversation so far. */
  readonly count: number
  readonly seed: string
  readonly state: LoreState
  tokensOf(text: string): number
}

export interface Fired {
  readonly entry: LoreEntry
  readonly why: string
  readonly tokens: number
}

export interface LoreResult {
  /** In the order in which they stand in the prompt. */
  readonly fired: readonly Fired[]
  readonly dropped: readonly { entry: LoreEntry; tokens: number; why: string }[]
  readonly state: LoreState
}

/**
 * Which entries of the books fire. In rounds: the first looks at the newest messages, each further one (where the book
 * recurses) at what has just fired. In a round: entries that hit, one of each group, then the lot of each, then the token
 * budget in order of priority (constant first, then high `order`). Everything drawn by lot depends on the seed, the entry
 * and the count alone, so the same turn fires the same entries.
 */
export function activate(scan: LoreScan): LoreResult {
  const fired = new Map<string, Fired>()
  const out = new Set<string>()
  const dropped: { entry: LoreEntry; tokens: number; why: string }[] = []
  const work = { left: loreLimits.work }
  let tokensLeft = scan.book.tokenBudget
  let recursion = ''
  for (let level = 0; level <= (scan.book.recursive ? loreLimits.levels : 0); level += 1) {
    const hits = hitsOf(scan, level, recursion, fired, out, work)
    const chosen = oneOfEachGroup(scan, hits, fired, out).toSorted(byPriority)
    const now: Fired[] = []
    for (const { entry, why, isSticky } of chosen) {
      if (!isSticky && !isDrawn(scan, entry)) {
        out.add(entry.id)
        continue
      }
      const tokens = scan.tokensOf(entry.content)
      if (!entry.ignoreBudget && tokens > tokensLeft) {
        out.add(entry.id)
        dropped.push({ entry, tokens, why: 'lorebook budget' })
        continue
      }
      if (!entry.ignoreBudget) tokensLeft -= tokens
      const one = { entry, why, tokens }
      fired.set(entry.id, one)
      now.push(one)
    }
    recursion = now
      .filter(({ entry }) => !entry.preventRecursion)
      .map(({ entry }) => entry.content)
      .join('\n')
      .slice(0, loreLimits.scanCharacters)
    if (recursion === '') break
  }
  const list = [...fired.values()].toSorted((a, b) => a.entry.order - b.entry.order || compare(a.entry.id, b.entry.id))
  return { fired: list, dropped, state: nextState(scan, list) }
}

interface Hit {
  entry: LoreEntry
  why: string
  isSticky: boolean
}

function hitsOf(
  scan: LoreScan,
  level: number,
  recursion: string,
  fired: ReadonlyMap<string, Fired>,
  out: ReadonlySet<string>,
  work: { left: number },
): Hit[] {
  const buffers = new Map<number, { text: string; folded: string }>()
  const bufferOf = (depth: number) => {
    const known = buffers.get(depth)
    if (known) return known
    const text = level === 0 ? newest(scan.messages, depth) : recursion
    const made = { text, folded: fold(text) }
    buffers.set(depth, made)
    return made
  }
  const hits: Hit[] = []
  for (const prepared of scan.entries) {
    const { entry } = prepared
    if (!entry.enabled || fired.has(entry.id) || out.has(entry.id)) continue
    const timing = scan.state[entry.id]
    if (level === 0 && timing && (scan.count < timing.stickyUntil || entry.afterMatch === 'keep')) {
      hits.push({ entry, why: scan.count < timing.stickyUntil ? 'sticky' : 'kept since it matched', isSticky: true })
      continue
    }
    if (isAsleep(entry, timing, scan.count)) continue
    if (level === 0 ? entry.delayUntilRecursion : entry.excludeRecursion) continue
    if (entry.constant) {
      hits.push({ entry, why: 'always', isSticky: false })
      continue
    }
    const buffer = bufferOf(level === 0 ? (entry.scanDepth ?? scan.book.scanDepth) : 0)
    const key = matchedKey(prepared, buffer, work)
    if (key !== null)
      hits.push({ entry, why: level === 0 ? `“${key}” was said` : `“${key}” in other lore`, isSticky: false })
  }
  return hits
}

const newest = (messages: readonly string[], depth: number): string =>
  depth <= 0 ? '' : messages.slice(-depth).join('\n').slice(-loreLimits.scanCharacters)

function isAsleep(entry: LoreEntry, timing: LoreTiming | undefined, count: number): boolean {
  if (count < entry.delay) return true
  if (entry.every > 0 && count % entry.every !== 0) return true
  // The turn in which it fired may be answered again: that is still the same turn.
  if (!timing || timing.at === count) return false
  return count < timing.coolUntil || entry.afterMatch === 'once'
}

/** The first key that was said, if the secondary keys allow it. */
function matchedKey(
  { entry, primary, secondary, excluded }: PreparedEntry,
  { text, folded }: { text: string; folded: string },
  work: { left: number },
): string | null {
  const isSaid = (matcher: PreparedEntry['primary'][number]): boolean => {
    work.left -= matcher.cost * (text.length + 16)
    return work.left > 0 && matcher.test(text, folded)
  }
  const key = primary.find(isSaid)?.key
  if (key === undefined || excluded.some(isSaid)) return null
  if (secondary.length === 0) return key
  const said = secondary.map(isSaid)
  const allows = {
    'and-any': said.includes(true),
    'and-all': !said.includes(false),
    'not-any': !said.includes(true),
    'not-all': said.includes(false),
  }
  return allows[entry.logic] ? key : null
}

/** Of each group one entry stands: whoever stood there before, a sticky one, an overriding one by its order, or by weighted lot. */
function oneOfEachGroup(
  scan: LoreScan,
  hits: readonly Hit[],
  fired: ReadonlyMap<string, Fired>,
  out: Set<string>,
): Hit[] {
  const taken = new Set([...fired.values()].flatMap(({ entry }) => (entry.group === '' ? [] : [entry.group])))
  const groups = new Map<string, Hit[]>()
  for (const hit of hits) groups.set(hit.entry.group, [...(groups.get(hit.entry.group) ?? []), hit])
  return [...groups].flatMap(([group, members]) => {
    if (group === '') return members
    const winner = taken.has(group) ? undefined : winnerOf(scan, group, members)
    for (const member of members) if (member !== winner) out.add(member.entry.id)
    return winner ? [winner] : []
  })
}

function winnerOf(scan: LoreScan, group: string, members: readonly Hit[]): Hit | undefined {
  const sticky = members.filter(({ isSticky }) => isSticky).toSorted(byPriority)[0]
  if (sticky) return sticky
  const override = members.filter(({ entry }) => entry.groupOverride).toSorted(byPriority)[0]
  if (override) return override
  const sorted = members.toSorted((a, b) => compare(a.entry.id, b.entry.id))
  const total = sorted.reduce((sum, { entry }) => sum + entry.groupWeight, 0)
  let left = lot(`${scan.seed}|group|${group}|${scan.count}`) * total
  return sorted.find(({ entry }) => {
    left -= entry.groupWeight
    return left < 0
  })
}

const isDrawn = ({ seed, count }: LoreScan, entry: LoreEntry): boolean =>
  entry.probability >= 100 || lot(`${seed}|entry|${entry.id}|${count}`) * 100 < entry.probability

const byPriority = (a: { entry: LoreEntry }, b: { entry: LoreEntry }): number =>
  Number(b.entry.constant) - Number(a.entry.constant) ||
  b.entry.order - a.entry.order ||
  compare(a.entry.id, b.entry.id)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Timings that still mean something; an entry that is sticky is not prolonged by standing there. */
function nextState({ state, count, entries }: LoreScan, fired: readonly Fired[]): LoreState {
  const next: Record<string, LoreTiming> = {}
  const byId = new Map(entries.map(({ entry }) => [entry.id, entry]))
  for (const [id, timing] of Object.entries(state)) {
    const entry = byId.get(id)
    if (entry && (entry.afterMatch !== null || count < Math.max(timing.stickyUntil, timing.coolUntil, timing.at + 1)))
      next[id] = timing
  }
  for (const { entry } of fired) {
    const isTimed = entry.sticky > 0 || entry.cooldown > 0 || entry.afterMatch !== null
    if (!isTimed || next[entry.id]) continue
    const stickyUntil = entry.sticky > 0 ? count + 1 + entry.sticky : 0
    next[entry.id] = {
      at: count,
      stickyUntil,
      coolUntil: entry.cooldown > 0 ? Math.max(count + 1, stickyUntil) + entry.cooldown : 0,
    }
  }
  return next
}
