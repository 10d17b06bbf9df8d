import { expect, test } from 'vitest'
import { waitFor } from './wait-for.ts'

test('gives the first truthy value', async () => {
  let looks = 0
  expect(await waitFor(() => (++looks === 3 ? `after ${looks}` : undefined), { intervalMs: 1 })).toBe('after 3')
})

test('a condition that throws is asked again', async () => {
  let looks = 0
  const condition = async () => {
    if (++looks < 3) throw new Error('not yet')
    return looks
  }
  expect(await waitFor(condition, { intervalMs: 1 })).toBe(3)
})

test('at the end says what was waited for and what was found', async () => {
  const condition = () => {
    throw new Error('still red')
  }
  await expect(waitFor(condition, { timeoutMs: 5, intervalMs: 1, message: 'green' })).rejects.toThrow(
    'Waited 5 ms for green; found last: still red',
  )
})
