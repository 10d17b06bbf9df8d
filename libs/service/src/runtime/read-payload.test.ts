import type { EventDefinition } from '@luna/contracts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readPayload } from './read-payload.ts'

const schema = z.object({ turnId: z.uuid(), n: z.number() })
const event: EventDefinition<'test.example.v1', typeof schema> = {
  kind: 'event',
  name: 'test.example.v1',
  summary: '',
  schema,
}
const message = (data: string) => ({ id: 'e', name: event.name, personId: null, data, headers: {} })

test('gives what the contract describes, and drops what it does not know', () => {
  const turnId = '018f0000-0000-7000-8000-000000000001'
  expect(readPayload(event, message(JSON.stringify({ turnId, n: 1, more: true })))).toEqual({ turnId, n: 1 })
})

test('names the fields at fault and quotes nothing', () => {
  const broken = () => readPayload(event, message('{"turnId":"my secret","n":"two"}'))
  expect(broken).toThrow('turnId (invalid_format), n (invalid_type)')
  expect(broken).not.toThrow('secret')
  expect(() => readPayload(event, message('my secret {'))).toThrow('it is not JSON')
})
