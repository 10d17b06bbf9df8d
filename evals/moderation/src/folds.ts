import { seeded, shuffled } from './random.ts'

const shingleWords = 3
/** From this share of the shorter text's shingles on, two texts are the same text for a split. */
const nearDuplicate = 0.5
/** A shingle of more texts than this says nothing, and would cost the square of them. */
const commonFrom = 60

const shinglesOf = (text: string): Set<string> => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length < shingleWords) return new Set([words.join(' ')])
  return new Set(words.slice(shingleWords - 1).map((_, at) => words.slice(at, at + shingleWords).join(' ')))
}

/** A number for each text; near-duplicates, directly or through others, have the same. */
export function groupNearDuplicates(texts: readonly string[]): number[] {
  const parents = texts.map((_, index) => index)
  const root = (index: number): number => {
    let at = index
    while (parents[at] !== at) at = parents[at] as number
    return at
  }
  const shingles = texts.map(shinglesOf)
  const places = new Map<string, number[]>()
  shingles.forEach((set, index) => {
    for (const shingle of set) {
      const known = places.get(shingle)
      if (known) known.push(index)
      else places.set(shingle, [index])
    }
  })
  const shared = new Map<number, number>()
  for (const list of places.values())
    for (const [at, first] of list.length < commonFrom ? list.entries() : [])
      for (const second of list.slice(at + 1)) {
        const pair = first * texts.length + second
        shared.set(pair, (shared.get(pair) ?? 0) + 1)
      }
  for (const [pair, count] of shared) {
    const [first, second] = [Math.floor(pair / texts.length), pair % texts.length]
    const shorter = Math.min(shingles[first]?.size ?? 0, shingles[second]?.size ?? 0)
    if (count >= shorter * nearDuplicate) parents[root(first)] = root(second)
  }
  return texts.map((_, index) => root(index))
}

/**
 * The fold of each row: groups stay whole, and each fold gets its share of rows and of positives.
 * @param groups as of {@link groupNearDuplicates}
 */
export function foldsOf(
  groups: readonly number[],
  positive: readonly boolean[],
  count: number,
  seed: number,
): number[] {
  const members = new Map<number, number[]>()
  groups.forEach((group, index) => {
    const known = members.get(group)
    if (known) known.push(index)
    else members.set(group, [index])
  })
  const ordered = shuffled([...members.values()], seeded(seed)).toSorted((a, b) => b.length - a.length)
  const rows = Array.from<number>({ length: count }).fill(0)
  const positives = Array.from<number>({ length: count }).fill(0)
  const allPositives = Math.max(1, positive.filter(Boolean).length)
  const folds = Array.from<number>({ length: groups.length }).fill(0)
  for (const group of ordered) {
    const found = group.filter(index => positive[index]).length
    const load = (fold: number) =>
      (rows[fold] as number) / groups.length + (found > 0 ? (2 * (positives[fold] as number)) / allPositives : 0)
    const best = rows.reduce((lightest, _, fold) => (load(fold) < load(lightest) ? fold : lightest), 0)
    for (const index of group) folds[index] = best
    rows[best] = (rows[best] as number) + group.length
    positives[best] = (positives[best] as number) + found
  }
  return folds
}
