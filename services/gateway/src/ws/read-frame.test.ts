import { expect, it } from 'vitest'
import { readFrame } from './read-frame.ts'

const id = '018f0000-0000-7000-8000-000000000001'
const read = (value: unknown) => readFrame(typeof value === 'string' ? value : JSON.stringify(value))

it('reads a frame of the protocol', () => {
  expect(read({ type: 'send', id, text: 'hi' })).toEqual({ ok: true, frame: { type: 'send', id, text: 'hi' } })
})

it.each([
  'not json',
  '[]',
  '"ping"',
  'null',
  '{"type":"fly"}',
  '{"type":"constructor"}',
  '{}',
  `{"type":"ping","x":${'['.repeat(9)}${']'.repeat(9)}}`,
])('gives up on what is no frame at all: %s', text => {
  expect(read(text)).toMatchObject({ ok: false, fatal: true, error: { code: 'invalid' } })
})

it('says what is wrong with a known frame, and whose it is', () => {
  expect(read({ type: 'send', id, text: '' })).toMatchObject({ ok: false, fatal: false, id, type: 'send' })
  expect(read({ type: 'subscribe', conversationId: 'nope' })).toMatchObject({ fatal: false, id: 'nope' })
  expect(read({ type: 'ping', more: 1 })).toMatchObject({ fatal: false, error: { code: 'invalid' } })
  expect(read('{"type":"ping","__proto__":{"x":1}}')).toMatchObject({ ok: false, fatal: false })
})

it('counts characters as a person sees them, and names the limit', () => {
  expect(read({ type: 'send', id, text: '🌙'.repeat(32_000) })).toMatchObject({ ok: true })
  expect(read({ type: 'send', id, text: '🌙'.repeat(32_001) })).toMatchObject({
    fatal: false,
    error: { code: 'too-large', details: { limit: 32_000, found: 32_001 } },
  })
})
