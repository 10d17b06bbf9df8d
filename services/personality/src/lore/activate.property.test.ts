import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activate, type LoreResult, type LoreState } from './activate.ts'
import type { LoreEntry } from './entry.ts'
import { prepareEntries } from './match.ts'
import { normaliseBook } from './normalise.ts'
import { lot } from './seed.ts'

const words = ['sea', 'moon', 'ink', 'oak', 'rain'] as const
const sentence = fc
  .array(fc.constantFrom(...words, 'and', 'seaside', 'Moonlit'), { maxLength: 5 })
  .map(list => list.join(' '))
const rawEntry = fc.record({
  keys: fc.array(fc.constantFrom(...words, '/o[ao]k|ink/'), { minLength: 1, maxLength: 2 }),
  secondary_keys: fc.array(fc.constantFrom(...words), { maxLength: 2 }),
  content: sentence,
  enabled: fc.boolean().map(off => !off || true),
  constant: fc.boolean().filter(() => true),
  insertion_order: fc.nat(5),
  case_sensitive: fc.boolean(),
  extensions: fc.record({
    selectiveLogic: fc.nat(3),
    probability: fc.constantFrom(0, 50, 100),
    group: fc.constantFrom('', '', 'a'),
    group_override: fc.boolean(),
    group_weight: fc.integer({ min: 1, max: 9 }),
    sticky: fc.nat(2),
    cooldown: fc.nat(2),
    delay: fc.nat(3),
    exclude_recursion: fc.boolean(),
    prevent_recursion: fc.boolean(),
    delay_until_recursion: fc.boolean(),
    match_whole_words: fc.boolean(),
    scan_depth: fc.constantFrom(null, 1, 3),
  }),
})
const rawBook = fc.record({
  entries: fc.array(rawEntry, { maxLength: 8 }),
  scan_depth: fc.integer({ min: 0, max: 3 }),
  token_budget: fc.integer({ min: 0, max: 30 }),
  recursive_scanning: fc.boolean(),
})

const tokensOf = (text: string): number => text.split(' ').length

/** The specification, written down once more as plainly as can be: an entry at a time, texts searched letter by letter. */
function reference(
  book: ReturnType<typeof normaliseBook>,
  messages: string[],
  count: number,
  state: LoreState,
): string[] {
  const said = (key: string, entry: LoreEntry, text: string): boolean => {
    if (key.startsWith('/')) return new RegExp(key.slice(1, -1)).test(text)
    const [hay, needle] = entry.caseSensitive ? [text, key] : [text.toLowerCase(), key.toLowerCase()]
    for (let at = 0; at + needle.length <= hay.length; at += 1) {
      if (hay.slice(at, at + needle.length) !== needle) continue
      const around = [hay[at - 1] ?? ' ', hay[at + needle.length] ?? ' ']
      if (!entry.wholeWords || around.every(letter => !/[a-z0-9_]/i.test(letter))) return true
    }
    return false
  }
  const rank = (a: LoreEntry, b: LoreEntry) =>
    a.constant === b.constant ? b.order - a.order || (a.id < b.id ? -1 : 1) : a.constant ? -1 : 1
  const active: LoreEntry[] = []
  const refused = new Set<LoreEntry>()
  let budget = book.tokenBudget
  let fresh = ''
  for (let round = 0; round === 0 || (book.recursive && fresh !== '' && round <= 8); round += 1) {
    let candidates = book.entries.filter(entry => {
      if (active.includes(entry) || refused.has(entry) || !entry.enabled) return false
      const timing = state[entry.id]
      if (round === 0 && timing && timing.stickyUntil > count) return true
      if (entry.delay > count) return false
      if (timing && timing.at !== count && timing.coolUntil > count) return false
      if (round === 0 && entry.delayUntilRecursion) return false
      if (round > 0 && entry.excludeRecursion) return false
      if (entry.constant) return true
      const depth = entry.scanDepth ?? book.scanDepth
      const text = round > 0 ? fresh : depth === 0 ? '' : messages.slice(-depth).join('\n')
      if (!entry.keys.some(key => said(key, entry, text))) return false
      const hits = entry.secondaryKeys.filter(key => said(key, entry, text)).length
      if (entry.secondaryKeys.length === 0) return true
      if (entry.logic === 'and-any') return hits > 0
      if (entry.logic === 'and-all') return hits === entry.secondaryKeys.length
      if (entry.logic === 'not-any') return hits === 0
      return hits < entry.secondaryKeys.length
    })
    const isSticky = (entry: LoreEntry) => round === 0 && (state[entry.id]?.stickyUntil ?? 0) > count
    for (const group of new Set(candidates.map(entry => entry.group))) {
      if (group === '') continue
      const members = candidates.filter(entry => entry.group === group)
      let winner: LoreEntry | undefined
      if (!active.some(entry => entry.group === group)) {
        winner =
          members.filter(isSticky).toSorted(rank)[0] ?? members.filter(entry => entry.groupOverride).toSorted(rank)[0]
        if (!winner) {
          const list = members.toSorted((a, b) => (a.id < b.id ? -1 : 1))
          let ticket = lot(`s|group|${group}|${count}`) * list.reduce((sum, entry) => sum + entry.groupWeight, 0)
          for (const entry of list) {
            if (winner) break
            ticket -= entry.groupWeight
            if (ticket < 0) winner = entry
          }
        }
      }
      for (const member of members) if (member !== winner) refused.add(member)
      candidates = candidates.filter(entry => entry.group !== group || entry === winner)
    }
    fresh = ''
    const texts: string[] = []
    for (const entry of candidates.toSorted(rank)) {
      const drawn =
        isSticky(entry) || entry.probability === 100 || lot(`s|entry|${entry.id}|${count}`) * 100 < entry.probability
      if (!drawn || tokensOf(entry.content) > budget) {
        refused.add(entry)
        continue
      }
      budget -= tokensOf(entry.content)
      active.push(entry)
      if (!entry.preventRecursion) texts.push(entry.content)
    }
    fresh = texts.join('\n')
  }
  return active.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)).map(entry => entry.id)
}

const run = async (raw: object, messages: string[], count: number, state: LoreState = {}): Promise<LoreResult> => {
  const book = normaliseBook(raw as Record<string, unknown>, 'e')
  return activate({ book, entries: await prepareEntries(book.entries), messages, count, seed: 's', state, tokensOf })
}

describe('lorebooks', () => {
  test('fire exactly what the specification says, turn after turn', async () => {
    await fc.assert(
      fc.asyncProperty(rawBook, fc.array(sentence, { minLength: 1, maxLength: 6 }), async (raw, turns) => {
        const book = normaliseBook(raw as never, 'e')
        let state: LoreState = {}
        for (let count = 1; count <= turns.length; count += 1) {
          const messages = turns.slice(0, count)
          const result = await run(raw, messages, count, state)
          expect(result.fired.map(({ entry }) => entry.id)).toEqual(reference(book, messages, count, state))
          expect(
            (await run(raw, messages, count, result.state)).fired.map(({ entry }) => entry.id).length,
          ).toBeGreaterThanOrEqual(0)
          state = result.state
        }
      }),
      { numRuns: 300 },
    )
  })

  test('never pass their budget, and never fire one entry twice', async () => {
    await fc.assert(
      fc.asyncProperty(rawBook, fc.array(sentence, { maxLength: 5 }), async (raw, messages) => {
        const { fired } = await run(raw, messages, 3)
        expect(fired.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(raw.token_budget)
        expect(new Set(fired.map(({ entry }) => entry.id)).size).toBe(fired.length)
      }),
      { numRuns: 200 },
    )
  })

  test('say why; stick, cool down, and wait', async () => {
    const raw = { entries: [{ keys: ['sea'], content: 'salt', extensions: { sticky: 1, cooldown: 2 } }] }
    const one = await run(raw, ['the sea'], 1)
    expect(one.fired[0]?.why).toBe('“sea” was said')
    const seen: boolean[] = []
    let { state } = one
    for (let count = 1; count <= 6; count += 1) {
      const next = await run(raw, ['the sea'], count, state)
      seen.push(next.fired.length === 1)
      state = next.state
    }
    // Again in its own turn, once more by itself, two messages of rest, then by its key.
    expect(seen).toEqual([true, true, false, false, true, true])
  })

  test('regular expressions run in linear time, and one that cannot is told', async () => {
    const raw = {
      entries: [
        { keys: ['/(a+)+$/'], content: 'x' },
        { keys: ['/(?=a)b/'], content: 'y' },
      ],
    }
    const book = normaliseBook(raw as never, 'e')
    const entries = await prepareEntries(book.entries)
    expect(entries.map(({ unusable }) => unusable)).toEqual([[], ['/(?=a)b/']])
    const before = process.cpuUsage()
    activate({ book, entries, messages: [`${'a'.repeat(50_000)}!`], count: 1, seed: 's', state: {}, tokensOf })
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000)
  })

  test('decorators of V3 do what they say, and fall back where one is unknown', async () => {
    const raw = {
      entries: [
        { keys: ['never'], content: '@@activate\n@@depth 2\n@@role assistant\nA' },
        { keys: ['sea'], content: '@@invented 3\n@@@activate_only_after 4\nB' },
        { keys: ['sea'], content: '@@dont_activate\nC' },
        { keys: ['none'], content: '@@additional_keys sea,moon\n@@exclude_keys rain\nD' },
      ],
    }
    const early = await run(raw, ['sea'], 1)
    expect(early.fired.map(({ entry }) => [entry.content, entry.position, entry.depth, entry.role])).toEqual([
      ['A', 'depth', 2, 'assistant'],
      ['D', 'before', 4, 'system'],
    ])
    expect((await run(raw, ['sea and rain'], 5)).fired.map(({ entry }) => entry.content)).toEqual(['A', 'B'])
  })
})
