import { expect, test } from 'vitest'
import { judge } from './judge.js'

const clean = { passed: 3, failed: 0, skipped: [], broken: [] }
const skip = (name: string) => ({ file: 'a.test.ts', name, reason: 'not here' })
const last = (result: { lines: string[] }) => result.lines.at(-1)

test('a clean run is good', () => {
  const result = judge(clean, { ci: true })
  expect(result.isGood).toBe(true)
  expect(last(result)).toBe('3 passed, 0 failed, 0 skipped')
})

test('a failed test, a file that does not load and a run of nothing are bad', () => {
  expect(judge({ ...clean, failed: 1 }, { ci: false }).isGood).toBe(false)
  expect(judge({ ...clean, broken: ['b.test.ts'] }, { ci: false }).isGood).toBe(false)
  const nothing = judge({ ...clean, passed: 0 }, { ci: false })
  expect(nothing.isGood).toBe(false)
  expect(last(nothing)).toBe('0 passed, 1 failed, 0 skipped')
})

test('in CI only needs-qdrant and needs-docker may be skipped', () => {
  const allowed = {
    ...clean,
    skipped: [skip('needs-qdrant: vectors > skipped'), skip('needs-docker: images > builds')],
  }
  expect(judge(allowed, { ci: true }).isGood).toBe(true)
  const refused = { ...clean, skipped: [skip('needs-nats: bus > skipped'), skip('something')] }
  expect(judge(refused, { ci: true }).isGood).toBe(false)
  expect(last(judge(refused, { ci: true }))).toBe('3 passed, 2 failed, 0 skipped')
  expect(judge(refused, { ci: false }).isGood).toBe(true)
})

test('a skipped test is printed with its reason', () => {
  const { lines } = judge({ ...clean, skipped: [skip('needs-nats: bus')] }, { ci: false })
  expect(lines[0]).toBe('  skipped  a.test.ts > needs-nats: bus (not here)')
})
