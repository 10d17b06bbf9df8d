import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TextRelay } from './text-relay.ts'

it('gives the text once, however often it is begun anew and cut into pieces', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.array(fc.integer({ min: 1, max: 5 }))), (text, attempts) => {
      const relay = new TextRelay()
      let out = ''
      for (const cuts of attempts) {
        relay.restart()
        let at = 0
        for (const length of cuts) {
          out += relay.add(text.slice(at, at + length))
          at += length
        }
      }
      out += relay.whole(text)
      expect(out).toBe(text)
    }),
  )
})

it('says so when a new attempt says something else', () => {
  const relay = new TextRelay()
  expect(relay.add('Hello there')).toBe('Hello there')
  relay.restart()
  expect(relay.add('Hello ')).toBe('')
  expect(relay.add('you')).toBeNull()
})

it('says so when the text that stands is shorter than what is out', () => {
  const relay = new TextRelay()
  relay.add('Hello')
  expect(relay.whole('Hell')).toBeNull()
})

it('draws a line under what was withdrawn', () => {
  const relay = new TextRelay()
  relay.add('bad')
  expect(relay.withdraw()).toBe('\n\n')
  expect(relay.add('good')).toBe('good')
  expect(relay.filtered).toBe(true)
  expect(relay.whole('good!')).toBe('!')
})

it('withdraws nothing when nothing is out', () => {
  const relay = new TextRelay()
  expect(relay.withdraw()).toBe('')
  expect(relay.filtered).toBe(false)
})
