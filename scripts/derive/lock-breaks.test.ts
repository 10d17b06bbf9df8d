import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inlineSchema } from './json-schema.ts'
import type { Lock } from './lock.ts'
import { lockBreaks } from './lock-breaks.ts'

const name = 'chat.turn-ended.v1'
const base = z.object({ id: z.uuid(), count: z.number().int(), note: z.string().optional(), kind: z.enum(['a', 'b']) })
const event = (schema: z.ZodType): Lock => ({ [name]: { kind: 'event', output: inlineSchema(schema) } })
const call = (schema: z.ZodType): Lock => ({ 'chat.get.v1': { kind: 'call', input: inlineSchema(schema) } })

describe('what breaks readers of an event', () => {
  test.each([
    ['a removed field', base.omit({ count: true }), /count: was removed or renamed/],
    [
      'a renamed field',
      base.omit({ count: true }).extend({ total: z.number().int().optional() }),
      /count: was removed/,
    ],
    ['a new required field', base.extend({ more: z.string() }), /more: is new and required/],
    ['an optional field made required', base.extend({ note: z.string() }), /note: was optional and is required/],
    ['a required field made optional', base.partial({ count: true }), /count: was always there/],
    ['another type', base.extend({ count: z.string() }), /count: its type was "integer" and is "string"/],
    ['a field that may be null', base.extend({ note: z.string().nullable().optional() }), /note/],
    ['another format', base.extend({ id: z.string() }), /id: its format was "uuid"/],
    ['one more value of an enum', base.extend({ kind: z.enum(['a', 'b', 'c']) }), /kind: may now be "c"/],
    ['a change deep inside', z.object({ items: z.array(base.omit({ id: true })) }), /items\[\]\.id: was removed/],
  ])('%s', (what, changed, message) => {
    const before = what === 'a change deep inside' ? z.object({ items: z.array(base) }) : base
    expect(lockBreaks(event(before), event(changed)).join('\n')).toMatch(message)
  })

  test('it is told what to do', () => {
    expect(lockBreaks(event(base), event(base.omit({ id: true })))[0]).toContain('put chat.turn-ended.v2 beside it')
  })
})

describe('what breaks nobody', () => {
  test('the same', () => expect(lockBreaks(event(base), event(base))).toEqual([]))
  test('a new optional field', () =>
    expect(lockBreaks(event(base), event(base.extend({ more: z.string().optional() })))).toEqual([]))
  test('a new message', () => expect(lockBreaks({}, event(base))).toEqual([]))
  test('a value less in what is given', () =>
    expect(lockBreaks(event(base), event(base.extend({ kind: z.enum(['a']) })))).toEqual([]))
  test('one more value and a field no longer required in what is taken', () => {
    const wider = base.extend({ kind: z.enum(['a', 'b', 'c']) }).partial({ count: true })
    expect(lockBreaks(call(base), call(wider))).toEqual([])
  })
  test('one more frame in a union told apart by type', () => {
    const a = z.object({ type: z.literal('a'), n: z.number() })
    const b = z.object({ type: z.literal('b') })
    const before = z.discriminatedUnion('type', [a])
    expect(lockBreaks(event(before), event(z.discriminatedUnion('type', [a, b])))).toEqual([])
    expect(lockBreaks(event(z.discriminatedUnion('type', [a, b])), event(before))).toHaveLength(1)
  })
})

describe('taking a message away', () => {
  test('is refused while nothing stands in its place', () =>
    expect(lockBreaks(event(base), {})[0]).toMatch(/chat\.turn-ended\.v1 was removed or renamed/))
  test('is right once the next version is there', () =>
    expect(lockBreaks(event(base), { 'chat.turn-ended.v2': { kind: 'event', output: {} } })).toEqual([]))
  test('a value less in what is taken is refused', () =>
    expect(lockBreaks(call(base), call(base.extend({ kind: z.enum(['a']) })))[0]).toMatch(/no longer takes "b"/))
})
