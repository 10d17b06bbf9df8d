import { expect, test } from 'vitest'
import { serverArguments } from './server-settings.ts'

test('settings over the defaults, each once', () => {
  const { args } = serverArguments({ fsync: 'off' }, '18.4.0')
  expect(args.filter(arg => arg.startsWith('fsync='))).toEqual(['fsync=off'])
  expect(args).toContain('listen_addresses=127.0.0.1')
})

test('the name is the same for the same settings and version, and only for these', () => {
  const name = (settings: Record<string, string>, version: string) => serverArguments(settings, version).clusterName
  expect(name({}, '18.4.0')).toBe(name({}, '18.4.0'))
  expect(new Set([name({}, '18.4.0'), name({ fsync: 'off' }, '18.4.0'), name({}, '18.5.0')]).size).toBe(3)
})
