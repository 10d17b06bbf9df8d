import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isDeeper } from './depth.ts'

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

it('finds the depth of any JSON, brackets and quotes in strings included', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(6), (value, max) => {
      expect(isDeeper(JSON.stringify(value), max)).toBe(depthOf(value) > max)
    }),
  )
})

it('takes a quarter of a megabyte of brackets in its stride', () => {
  expect(isDeeper('['.repeat(256 * 1024), 8)).toBe(true)
  expect(isDeeper(`"${'['.repeat(1_000)}`, 8)).toBe(false)
})
