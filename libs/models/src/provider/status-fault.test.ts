import { describe, expect, test } from 'vitest'
import { retryAfterMs } from './retry-after.ts'
import { statusFault } from './status-fault.ts'

const now = new Date('2026-01-01T00:00:00Z')
const fault = (status: number, body?: unknown) =>
  statusFault({ status, header: () => undefined, body, model: 'm', now }).facts

describe('Retry-After', () => {
  test.for([
    ['seconds', { 'retry-after': '3' }, 3_000],
    ['an HTTP date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }, 5_000],
    ['a date that has passed', { 'retry-after': 'Wed, 31 Dec 2025 00:00:05 GMT' }, 0],
    ['milliseconds', { 'retry-after-ms': '250', 'retry-after': '3' }, 250],
    ['rubbish', { 'retry-after': 'soon' }, undefined],
    ['nothing', {}, undefined],
  ] as const)('%s', ([, headers, expected]) => {
    const found: Record<string, string> = headers
    expect(retryAfterMs(name => found[name], now)).toBe(expected)
  })
})

test('quota and credentials do not pass by waiting; overload and server faults do', () => {
  expect([401, 403, 404, 400].map(status => fault(status).passing)).toEqual([false, false, false, false])
  expect([408, 429, 500, 503, 529].map(status => fault(status).passing)).toEqual([true, true, true, true, true])
  expect(fault(429, { error: { code: 'insufficient_quota' } }).passing).toBe(false)
})

test('the word of the error is told, its free text is not', () => {
  const { reason } = fault(404, { error: { code: 'model_not_found', message: 'You said: private words' } })
  expect(reason).toBe('it answered 404 (model_not_found): check its baseURL and whether it has the model m')
  expect(fault(400, { error: { code: 'private words with spaces' } }).reason).toBe('it answered 400')
})
