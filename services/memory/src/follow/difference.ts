import { activeBranch, type Standing } from './standing.ts'

/** What has to be written to get from one standing to the next. */
export interface Difference {
  added: string[]
  forgotten: string[]
  activated: string[]
  deactivated: string[]
}

const minus = (one: Iterable<string>, other: { has(id: string): boolean }): string[] =>
  [...one].filter(id => !other.has(id))

export function difference(before: Standing, after: Standing): Difference {
  const wasActive = activeBranch(before)
  const isActive = activeBranch(after)
  return {
    added: minus(after.parents.keys(), before.parents),
    forgotten: minus(after.forgotten, before.forgotten),
    activated: minus(isActive, wasActive).filter(id => before.parents.has(id)),
    deactivated: minus(wasActive, isActive).filter(id => after.parents.has(id)),
  }
}
