import { policy as policySchema } from '@luna/contracts'
import { defaultPolicy } from '@luna/safety'
import { expect, test } from 'vitest'
import { policy1 } from './policy-1.ts'

test('the first policy asks for what holds while this service is away, so that an outage changes nothing', () => {
  expect(policySchema.parse(policy1)).toEqual({ ...defaultPolicy, version: 1 })
})
