import { LunaError } from '@luna/contracts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { platformConfig } from './platform-config.ts'
import { readConfig } from './read-config.ts'
import { port } from './settings.ts'

const own = z.object({ LUNA_PORT: port(8080), LUNA_SECRET_KEY: z.string().max(3).optional() })

function faultsOf(env: Record<string, string>): string {
  try {
    readConfig({ platform: platformConfig, own }, env)
  } catch (error) {
    expect(error).toBeInstanceOf(LunaError)
    return (error as LunaError).message
  }
  throw new Error('nothing was refused')
}

test('all faults are named at once, with what was found', () => {
  const message = faultsOf({ LUNA_PORT: 'eighty', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' })
  expect(message).toMatch(/LUNA_PORT: must be a port.*"eighty"/)
  expect(message).toMatch(/DATABASE_URL: must be a URL that begins with postgres:\/\//)
  expect(message).toMatch(/LOG_LEVEL/)
})

test('a secret is never repeated', () => {
  expect(faultsOf({ LUNA_SECRET_KEY: 'hunter2!' })).not.toContain('hunter2!')
})

test('an empty value counts as not set', () => {
  expect(readConfig({ platform: platformConfig, own }, { LUNA_PORT: '', NATS_URL: '' })).toMatchObject({
    own: { LUNA_PORT: 8080 },
    platform: { natsUrl: undefined },
  })
})
