import { readConfig } from '@luna/service'
import { expect, test } from 'vitest'
import { config } from './config.ts'

const read = (env: Record<string, string>) => readConfig({ own: config }, env).own

test('signs the owner in by itself only where nobody else can come by', () => {
  expect(read({}).auth).toBe('local')
  expect(read({ LUNA_HOST: '0.0.0.0' }).auth).toBe('accounts')
  expect(read({ NATS_URL: 'nats://127.0.0.1', LUNA_MASTER_KEY: 'sixteen letters!' }).auth).toBe('accounts')
  expect(read({ LUNA_AUTH: 'accounts' }).auth).toBe('accounts')
  expect(() => read({ LUNA_HOST: '0.0.0.0', LUNA_AUTH: 'local' })).toThrow(
    /LUNA_AUTH: local mode is for this machine alone/,
  )
})

test('says all faults at once', () => {
  const faults = () => read({ LUNA_PORT: 'x', LUNA_ORIGINS: 'luna', LUNA_LIMITS: '{' })
  expect(faults).toThrow(/LUNA_PORT[\s\S]*LUNA_ORIGINS[\s\S]*LUNA_LIMITS|LUNA_ORIGINS[\s\S]*LUNA_LIMITS/)
  expect(() => read({ NATS_URL: 'nats://127.0.0.1' })).toThrow(/LUNA_MASTER_KEY/)
})

test('origins are kept as browsers write them', () => {
  expect(read({ LUNA_ORIGINS: 'https://Luna.example.org/, http://127.0.0.1:5173' }).origins).toEqual([
    'https://luna.example.org',
    'http://127.0.0.1:5173',
  ])
})
