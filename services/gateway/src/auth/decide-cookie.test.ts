import { expect, test } from 'vitest'
import { refuseCookie } from './decide-cookie.ts'

const own = { origin: 'https://luna', originAllowed: true }
const foreign = { origin: 'https://evil', originAllowed: false }
const none = { origin: undefined, originAllowed: false }
const read = { change: false, upgrade: false, csrfHolds: false }
const change = { change: true, upgrade: false, csrfHolds: true }
const upgrade = { change: false, upgrade: true, csrfHolds: false }

test.each([
  ['reads without an Origin', { ...read, ...none }],
  ['reads of its own page', { ...read, ...own }],
  ['changes with the token', { ...change, ...own }],
  ['changes with the token and no Origin', { ...change, ...none }],
  ['upgrades of its own page', { ...upgrade, ...own }],
])('allows %s', (_what, facts) => {
  expect(refuseCookie(facts)).toBeNull()
})

test.each([
  ['reads of a foreign page', { ...read, ...foreign }],
  ['changes of a foreign page with the token', { ...change, ...foreign }],
  ['changes without the token', { ...change, ...own, csrfHolds: false }],
  ['upgrades without an Origin', { ...upgrade, ...none }],
  ['upgrades of a foreign page', { ...upgrade, ...foreign }],
])('refuses %s', (_what, facts) => {
  expect(refuseCookie(facts)).toEqual(expect.any(String))
})
