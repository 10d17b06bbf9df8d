import { expect, test } from 'vitest'
import { createInTurn } from './in-turn.ts'

test('work of one key runs one after the other, past failures; other keys do not wait', async () => {
  const inTurn = createInTurn()
  const order: string[] = []
  let open = () => {}
  const gate = new Promise<void>(resolve => (open = resolve))
  const first = inTurn('a', async () => {
    await gate
    order.push('first')
    throw new Error('failed')
  })
  const second = inTurn('a', async () => void order.push('second'))
  await inTurn('b', async () => void order.push('other'))
  open()
  await expect(first).rejects.toThrow('failed')
  await second
  expect(order).toEqual(['other', 'first', 'second'])
})
