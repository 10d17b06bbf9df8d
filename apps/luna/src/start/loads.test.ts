import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The entry of a package of ours, from source. */
function entryOf(name: string): URL {
  const [, short = '', below] = /^@luna\/([^/]+)(?:\/(.+))?$/.exec(name) ?? []
  const folders = ['libs', 'services'].map(group => new URL(`../../../../${group}/${short}/`, import.meta.url))
  const folder = folders.find(one => existsSync(new URL('package.json', one)))
  if (!folder) throw new Error(`There is no package ${name}.`)
  const { exports } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
  return new URL(exports[below ? `./${below}` : '.'].source, folder)
}

/** Packages that are loaded as soon as the module is, found by following its static imports through the workspaces. */
function packagesOf(module: URL, seen = new Set<string>()): string[] {
  if (seen.has(module.href)) return []
  seen.add(module.href)
  const imports = readFileSync(module, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)[^'"]*?from '([^']+)'/gm)
  return [...imports].flatMap(([, name = '']) => {
    if (name.startsWith('.')) return packagesOf(new URL(name, module), seen)
    return name.startsWith('@luna/') ? packagesOf(entryOf(name), seen) : [name]
  })
}

test('a start loads no package that an embedded Luna may never use', () => {
  const packages = packagesOf(new URL('./start.ts', import.meta.url))
  expect(packages).toEqual(expect.arrayContaining(['fastify', 'kysely', 'pg', 'pino']))
  const seldom = /^(?:@aws-sdk|@nats-io|@node-rs|@opentelemetry\/(?:sdk|exporter)|@qdrant|gpt-tokenizer|ioredis|openai)/
  expect(packages.filter(name => seldom.test(name))).toEqual([])
})
