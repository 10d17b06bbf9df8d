import type { Insight, MemoryKind } from '@luna/contracts'

/** Something that was said, learned or written, as insights are drawn from. */
export interface Evidence {
  readonly kind: 'message' | 'memory' | 'journal'
  readonly id: string
  /** The conversation, or the journal's day. */
  readonly session: string
  readonly at: Date
  readonly text: string
  /** Telling words, each with its written form. */
  readonly words: ReadonlyMap<string, string>
  readonly entities: readonly string[]
  readonly memoryKind?: MemoryKind
  readonly tags: readonly string[]
  readonly valence: number
}

/** An insight needs so much: one mention is no pattern, and neither is one evening. */
export const leastSources = 3
export const leastSessions = 2
/** With so much evidence, a word that is in most of it is a manner of speaking. */
const commonFrom = 12
const mostOfKind = 6
const mostProof = 5
const stalledAfterDays = 30
const day = 86_400_000

/** What recurs, the weightiest first. Drawn anew each time it is asked for, so that it goes with what it was drawn from. */
export function conclude(evidence: readonly Evidence[], now: Date): Insight[] {
  const worries = evidence.filter(
    ({ tags, valence, memoryKind }) => tags.includes('worry') || (memoryKind === 'emotion' && valence <= -0.4),
  )
  const joys = evidence.filter(
    ({ valence, memoryKind, tags }) => (memoryKind === 'emotion' || tags.includes('like')) && valence >= 0.4,
  )
  const goals = evidence.filter(({ memoryKind }) => memoryKind === 'plan')
  return [
    ...grouped('topic', evidence, byWord, now),
    ...grouped('person', evidence, byEntity, now),
    ...grouped('worry', worries, byFeeling, now),
    ...grouped('joy', joys, byFeeling, now),
    ...goalInsights(goals, evidence, now),
  ]
}

type Group = ReadonlyMap<string, string>
const byWord = ({ words }: Evidence): Group => words
const byEntity = ({ entities }: Evidence): Group => new Map(entities.map(name => [name.toLowerCase(), name]))
const byFeeling = ({ words, tags }: Evidence): Group => new Map([...tags.map(tag => [tag, tag] as const), ...words])

const titles = {
  topic: (name: string, count: number) => `You come back to “${name}”: ${count} times.`,
  person: (name: string, count: number) => `${name} matters to you: mentioned ${count} times.`,
  worry: (name: string, count: number) => `What weighs on you: “${name}”, ${count} times.`,
  joy: (name: string, count: number) => `What does you good: “${name}”, ${count} times.`,
} as const

function grouped(
  kind: keyof typeof titles,
  evidence: readonly Evidence[],
  groupsOf: (each: Evidence) => Group,
  now: Date,
): Insight[] {
  const groups = new Map<string, { name: string; members: Evidence[] }>()
  for (const each of evidence)
    for (const [key, name] of groupsOf(each)) {
      const group = groups.get(key)
      if (group) group.members.push(each)
      else groups.set(key, { name, members: [each] })
    }
  const found: Insight[] = []
  const told: ReadonlySet<string>[] = []
  const strong = [...groups]
    .filter(
      ([, { members }]) =>
        isEnough(members) &&
        (kind !== 'topic' || evidence.length < commonFrom || members.length < evidence.length * 0.6),
    )
    .toSorted(([, one], [, other]) => other.members.length - one.members.length)
  for (const [key, { name, members }] of strong) {
    if (found.length === mostOfKind) break
    const ids = new Set(members.map(({ id }) => id))
    // Two words of the same few sentences are one topic.
    if (told.some(other => [...ids].filter(id => other.has(id)).length > ids.size * 0.7)) continue
    told.push(ids)
    found.push(insightOf(`${kind}:${key}`, kind, name, titles[kind](name, members.length), members, now))
  }
  return found
}

const isEnough = (members: readonly Evidence[]): boolean =>
  members.length >= leastSources && new Set(members.map(({ session }) => session)).size >= leastSessions

function insightOf(
  id: string,
  kind: Insight['kind'],
  title: string,
  summary: string,
  members: readonly Evidence[],
  now: Date,
): Insight {
  const sorted = members.toSorted((one, other) => other.at.getTime() - one.at.getTime())
  const [last, first] = [sorted[0]?.at ?? now, sorted.at(-1)?.at ?? now]
  const age = (now.getTime() - last.getTime()) / day
  return {
    id,
    kind,
    title,
    summary,
    weight: Math.round(Math.min(1, (members.length / 12) * (1 / (1 + age / 60))) * 1_000) / 1_000,
    firstAt: first.toISOString(),
    lastAt: last.toISOString(),
    sessions: new Set(members.map(({ session }) => session)).size,
    proof: proofOf(sorted).map(({ kind: of, id: source, text, at }) => ({
      kind: of,
      id: source,
      text: text.length > 280 ? `${text.slice(0, 279)}…` : text,
      at: at.toISOString(),
    })),
  }
}

/** The latest, but from two sessions at least. */
function proofOf(sorted: readonly Evidence[]): Evidence[] {
  const shown = sorted.slice(0, mostProof)
  const elsewhere = sorted.find(({ session }) => session !== shown[0]?.session)
  if (elsewhere && shown.every(({ session }) => session === shown[0]?.session)) shown[shown.length - 1] = elsewhere
  return shown
}

const done = /\b(?:finished|completed|achieved|done with|passed|got the job|graduated|made it|reached)\b/i

/** A plan and what was said of it afterwards. */
function goalInsights(goals: readonly Evidence[], evidence: readonly Evidence[], now: Date): Insight[] {
  const found: Insight[] = []
  const told = new Set<string>()
  for (const goal of goals.toSorted((one, other) => other.at.getTime() - one.at.getTime())) {
    if (told.has(goal.id)) continue
    const members = evidence.filter(
      each => each.id === goal.id || [...goal.words.keys()].filter(word => each.words.has(word)).length >= 2,
    )
    if (!isEnough(members)) continue
    for (const { id } of members) told.add(id)
    const later = members.filter(({ at, id }) => id !== goal.id && at > goal.at)
    const last = Math.max(...members.map(({ at }) => at.getTime()))
    const progress = later.some(({ text }) => done.test(text))
      ? 'done'
      : (now.getTime() - last) / day > stalledAfterDays
        ? 'stalled'
        : later.length > 0
          ? 'advancing'
          : 'open'
    const title = goal.text.replace(/^The person['’]?s?\s+/, '').slice(0, 120)
    found.push({ ...insightOf(`goal:${goal.id}`, 'goal', title, goal.text, members, now), progress })
    if (found.length === mostOfKind) break
  }
  return found
}
