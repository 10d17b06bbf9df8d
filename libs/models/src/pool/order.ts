interface Ranked {
  name: string
  priority: number
  weight: number | undefined
}

/**
 * The order in which providers are tried: by priority, lower first. Among equal priorities the listed order holds, unless
 * one of them has a weight: then the first of them changes from call to call by smooth weighted round robin (nginx), and
 * the others follow by weight. The returned function keeps the state of the rounds.
 */
export function createOrder<T extends Ranked>(providers: readonly T[]): () => T[] {
  const groups = [...byPriority(providers)]
    .toSorted(([a], [b]) => a - b)
    .map(([, members]) => (members.some(each => each.weight !== undefined) ? createRound(members) : () => members))
  return () => groups.flatMap(next => next())
}

function createRound<T extends Ranked>(members: readonly T[]): () => readonly T[] {
  const weightOf = (member: T) => member.weight ?? 1
  const total = members.reduce((sum, member) => sum + weightOf(member), 0)
  const credit = new Map(members.map(member => [member, 0]))
  const creditOf = (member: T) => credit.get(member) ?? 0
  return () => {
    for (const member of members) credit.set(member, creditOf(member) + weightOf(member))
    const first = members.reduce((best, member) => (creditOf(member) > creditOf(best) ? member : best))
    credit.set(first, creditOf(first) - total)
    const others = members.filter(member => member !== first).toSorted((a, b) => weightOf(b) - weightOf(a))
    return [first, ...others]
  }
}

function byPriority<T extends Ranked>(providers: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const provider of providers) {
    groups.set(provider.priority, [...(groups.get(provider.priority) ?? []), provider])
  }
  return groups
}
