import { expect, test } from 'vitest'
import { readOptions } from './options.js'

const env = { NATS_URL: 'nats://x', DATABASE_URL: 'postgres://x' }

test('every missing URL is named at once', () => {
  const { faults } = readOptions({}, [])
  expect(faults.map(fault => fault.split(' ')[0])).toEqual(['NATS_URL', 'DATABASE_URL'])
})

test('one process of each, the gateway last', () => {
  const { faults, processes, restarts } = readOptions(env, [])
  expect(faults).toEqual([])
  expect(restarts).toBe(true)
  expect(processes.map(each => each.name)).toEqual([
    'moderation',
    'personality',
    'plugins',
    'memory',
    'chat',
    'gateway',
  ])
})

test('replicas are numbered from the second on', () => {
  const { processes } = readOptions(env, ['--replicas', 'chat=2', '--no-restart'])
  expect(processes.filter(each => each.service === 'chat').map(each => each.name)).toEqual(['chat', 'chat-2'])
})

test.each([[['--replicas=chat=0']], [['--replicas', 'nobody=2']], [['--fast']]])('refused: %j', args => {
  expect(readOptions(env, args).faults).toHaveLength(1)
})

test('several gateways need a Redis', () => {
  expect(readOptions(env, ['--replicas=gateway=2']).faults[0]).toContain('REDIS_URL')
  expect(readOptions({ ...env, REDIS_URL: 'redis://x' }, ['--replicas=gateway=2']).faults).toEqual([])
})
