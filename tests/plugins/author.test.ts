import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@luna/testing'
import { expect, test } from 'vitest'
import { runToEnd } from '../kit/command.ts'

test('an author makes a plugin, tries it in the sandbox, packs it signed, and puts it into a registry', async () => {
  const folder = await scratchDir('author')
  const at = (name: string) => join(folder.path, name)
  const luna = (...args: string[]) => runToEnd('apps/luna/bin/luna.js', {}, ['plugin', ...args])
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(at('key.pem'), key)
  expect((await luna('new', 'greeter', '-d', at('greeter'))).code).toBe(0)
  const tried = await luna('test', at('greeter'))
  expect(tried.output).toContain('1 of 1 passed')
  expect((await luna('pack', at('greeter'), '--key', at('key.pem'), '-o', at('packed.json'))).output).toContain(
    'signed',
  )
  expect(existsSync(at('packed.json'))).toBe(true)
  expect((await luna('publish', at('registry.json'), at('greeter'), '--key', at('key.pem'))).code).toBe(0)
  const registry = JSON.parse(readFileSync(at('registry.json'), 'utf8')) as { plugins: { id: string }[] }
  expect(registry.plugins.map(({ id }) => id)).toEqual(['greeter'])
  writeFileSync(at('greeter/plugin.json'), '{"manifest": 1, "id": "Bad Id"}')
  const bad = await luna('test', at('greeter'))
  expect(bad.code).not.toBe(0)
  expect(bad.output).toMatch(/id: .*version: /s)
  await folder.remove()
})
