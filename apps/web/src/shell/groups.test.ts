import type { Conversation } from '@luna/contracts'
import { describe, expect, it } from 'vitest'
import { groupByAge, matches, tagsOf } from './groups.ts'

const conversation = (title: string, updatedAt: Date, tags: string[] = []): Conversation => ({
  id: title,
  title,
  tags,
  characterIds: [],
  activeLeafId: null,
  private: false,
  revision: 1,
  version: 1,
  createdAt: updatedAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

it('groups by calendar days, newest group first, without empty groups', () => {
  const now = new Date(2026, 10, 20, 0, 30).getTime()
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour)
  const groups = groupByAge(
    [
      conversation('a', at(20, 0)),
      conversation('b', at(19, 23)),
      conversation('c', at(14, 1)),
      conversation('d', at(13, 23)),
    ],
    now,
  )
  expect(groups.map(([name, members]) => [name, members.map(({ id }) => id)])).toEqual([
    ['today', ['a']],
    ['yesterday', ['b']],
    ['week', ['c']],
    ['older', ['d']],
  ])
  expect(groupByAge([], now)).toEqual([])
})

describe('finding by name', () => {
  it('wants every word, in the title or a tag', () => {
    const one = conversation('Trip to Porto', new Date(), ['Travel'])
    expect(matches(one, 'porto travel')).toBe(true)
    expect(matches(one, 'porto work')).toBe(false)
    expect(matches(one, '')).toBe(true)
  })
})

it('reads tags from a line', () => {
  expect(tagsOf(' work, , rest,work ')).toEqual(['work', 'rest'])
  expect(tagsOf('')).toEqual([])
})
