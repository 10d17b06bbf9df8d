import { expect, test } from 'vitest'
import { createOrder } from './order.ts'

const provider = (name: string, priority = 0, weight?: number) => ({ name, priority, weight })
const names = (order: { name: string }[]) => order.map(each => each.name).join('')

test('lower priority first, the listed order among equals', () => {
  const next = createOrder([provider('c', 2), provider('a', 1), provider('b', 1)])
  expect([names(next()), names(next())]).toEqual(['abc', 'abc'])
})

test('smooth weighted round robin among equals with weights', () => {
  const next = createOrder([provider('a', 0, 5), provider('b', 0, 1), provider('c', 0, 1), provider('d', 1)])
  const firsts = Array.from({ length: 7 }, () => names(next())[0]).join('')
  expect(firsts).toBe('aabacaa')
  expect(names(next())).toBe('abcd')
})
