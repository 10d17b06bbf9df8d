import { expect, test } from 'vitest'
import { decideRefresh } from './decide-refresh.ts'

const at = new Date(0)

test.each([
  ['an unused token of a live session', { usedAt: null, endedAt: null, expired: false }, 'rotate'],
  ['a used token of a live session', { usedAt: at, endedAt: null, expired: false }, 'end-session'],
  ['any token of an ended session', { usedAt: at, endedAt: at, expired: false }, 'refuse'],
  ['an unused token of an ended session', { usedAt: null, endedAt: at, expired: false }, 'refuse'],
  ['a token of an expired session', { usedAt: null, endedAt: null, expired: true }, 'refuse'],
  ['no token', null, 'refuse'],
] as const)('%s', (_what, token, decision) => {
  expect(decideRefresh(token)).toBe(decision)
})
