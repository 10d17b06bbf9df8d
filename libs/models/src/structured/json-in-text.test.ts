import { expect, test } from 'vitest'
import { z } from 'zod'
import { jsonInText } from './json-in-text.ts'
import { isStrictSchema } from './strict-schema.ts'

test.for([
  ['plain', ' {"a":1} ', { a: 1 }],
  ['in a fence', 'Here:\n```json\n{"a":1}\n```\nbye', { a: 1 }],
  ['in prose', 'It is {"a":"}{"} as you see', { a: '}{' }],
  ['a list', 'so: [1, [2]] !', [1, [2]]],
] as const)('%s', ([, text, value]) => {
  expect(jsonInText(text)).toEqual({ found: true, value })
})

test.for(['', 'no', '{"a":', '{a:1}'])('nothing in %j', text => {
  expect(jsonInText(text)).toEqual({ found: false })
})

const json = (schema: z.ZodType) => z.toJSONSchema(schema)

test('strict mode takes only closed objects with all keys required', () => {
  expect(isStrictSchema(json(z.strictObject({ a: z.strictObject({ b: z.string() }) })))).toBe(true)
  expect(isStrictSchema(json(z.strictObject({ a: z.string().optional() })))).toBe(false)
  expect(isStrictSchema(json(z.strictObject({ a: z.looseObject({ b: z.string() }) })))).toBe(false)
})
