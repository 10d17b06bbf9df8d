import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { difference } from './difference.ts'
import {
  activeBranch,
  type Fact,
  follow,
  isCurrent,
  isWhole,
  neighbourhood,
  type Standing,
  staysOnBranch,
  type TreeMessage,
  unknown,
} from './standing.ts'

/** A conversation as chat has it, grown by random steps. */
interface World {
  version: number
  revision: number
  leafId: string | null
  messages: TreeMessage[]
  deleted: Set<string>
}

const above = (messages: readonly TreeMessage[], leafId: string | null): TreeMessage[] => {
  const byId = new Map(messages.map(message => [message.id, message]))
  const chain: TreeMessage[] = []
  for (let at = leafId ? byId.get(leafId) : undefined; at; at = at.parentId ? byId.get(at.parentId) : undefined)
    chain.push(at)
  return chain
}

/** Everything that memory is told while the world goes through these steps, and the world at the end. */
function live(steps: readonly { kind: 'say' | 'switch' | 'delete'; pick: number }[]): { facts: Fact[]; world: World } {
  const world: World = { version: 0, revision: 0, leafId: null, messages: [], deleted: new Set() }
  const facts: Fact[] = []
  const look = () => {
    const { version, revision, leafId, messages } = world
    facts.push({ kind: 'looked', version, revision, leafId, messages: above(messages, leafId) })
  }
  for (const [index, { kind, pick }] of steps.entries()) {
    world.version += 1
    const chosen = world.messages[pick % Math.max(1, world.messages.length)]
    if (kind === 'say' || !chosen) {
      const id = `m${index}`
      world.messages.push({ id, parentId: world.leafId })
      world.leafId = id
    } else if (kind === 'switch') {
      world.leafId = chosen.id
      world.revision += 1
    } else {
      const gone = new Set(
        world.messages.filter(({ id }) => above(world.messages, id).includes(chosen)).map(({ id }) => id),
      )
      world.messages = world.messages.filter(({ id }) => !gone.has(id))
      for (const id of gone) world.deleted.add(id)
      if (world.leafId !== null && gone.has(world.leafId)) world.leafId = chosen.parentId
      world.revision += 1
      facts.push({ kind: 'deleted', messageIds: [chosen.id] })
    }
    facts.push({ kind: 'heard', revision: world.revision })
    look()
  }
  return { facts, world }
}

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom('say' as const, 'say' as const, 'switch' as const, 'delete' as const),
    pick: fc.nat(50),
  }),
  { minLength: 1, maxLength: 25 },
)
const shuffledAndDoubled = steps.chain(taken => {
  const { facts, world } = live(taken)
  const order = fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2, maxLength: facts.length * 2 })
  return order.map(told => ({ told, world, facts }))
})

describe('what is known of a conversation', () => {
  test('ends in the same place whatever the order of the facts, and however often they come', () => {
    fc.assert(
      fc.property(shuffledAndDoubled, ({ told, world }) => {
        const end = told.reduce(follow, unknown)
        expect([...activeBranch(end)]).toEqual(above(world.messages, world.leafId).map(({ id }) => id))
        for (const id of end.parents.keys()) expect(world.deleted.has(id)).toBe(false)
        expect(isCurrent(end, world.revision)).toBe(true)
      }),
    )
  })

  test('is empty for good once the conversation is gone', () => {
    fc.assert(
      fc.property(shuffledAndDoubled, fc.nat(), ({ told }, place) => {
        const withEnd: Fact[] = told.toSpliced(place % (told.length + 1), 0, { kind: 'gone' })
        expect(withEnd.reduce(follow, unknown)).toEqual({ ...unknown, gone: true })
      }),
    )
  })

  test('follows from the leaf’s neighbourhood alone where a look stays on the branch', () => {
    fc.assert(
      fc.property(shuffledAndDoubled, ({ told }) => {
        const apart = told.filter((fact, index) => {
          if (fact.kind !== 'looked') return false
          const whole = told.slice(0, index).reduce(follow, unknown)
          const part = near(whole, fact)
          const same = isDeepStrictEqual(difference(part, follow(part, fact)), difference(whole, follow(whole, fact)))
          return staysOnBranch(whole, fact) && !same
        })
        expect(apart).toEqual([])
      }),
    )
  })

  test('is not to be trusted after a change was heard of, until chat was asked', () => {
    const known = follow(unknown, { kind: 'looked', version: 3, revision: 1, leafId: null, messages: [] })
    expect([isCurrent(known), isCurrent(known, 1), isCurrent(known, 2)]).toEqual([true, true, false])
    const heard = follow(known, { kind: 'heard', revision: 2 })
    expect(isCurrent(heard)).toBe(false)
    expect(isCurrent(follow(heard, { kind: 'looked', version: 4, revision: 2, leafId: null, messages: [] }))).toBe(true)
  })
})

/** What the store loads for such a look. */
function near(standing: Standing, fact: Extract<Fact, { kind: 'looked' }>): Standing {
  const ids = neighbourhood(standing, [fact])
  return {
    ...standing,
    parents: new Map([...standing.parents].filter(([id]) => ids.has(id))),
    forgotten: new Set([...standing.forgotten].filter(id => ids.has(id))),
  }
}

test('a look has a gap when its leaf, or what a message answers, is neither known nor forgotten', () => {
  const known: Standing = {
    ...unknown,
    leafId: 'b',
    parents: new Map([
      ['a', null],
      ['b', 'a'],
    ]),
    forgotten: new Set(['x']),
  }
  const told = (id: string, parentId: string | null): Fact[] => [
    { kind: 'looked', version: 1, revision: 0, leafId: 'b', messages: [{ id, parentId }] },
  ]
  expect(isWhole(known, told('c', 'b'))).toBe(true)
  expect(isWhole(known, told('c', null))).toBe(true)
  expect(isWhole(known, told('c', 'x'))).toBe(true)
  expect(isWhole(known, told('c', 'unknown'))).toBe(false)
  expect(isWhole({ ...known, leafId: 'unknown' }, told('c', 'b'))).toBe(false)
})
