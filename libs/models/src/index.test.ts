import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Packages that are loaded as soon as the module is, found by following its static imports. */
function packagesOf(module: URL, seen = new Set<string>()): string[] {
  if (seen.has(module.href)) return []
  seen.add(module.href)
  const imports = readFileSync(module, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)[^'"]*?from '([^']+)'/gm)
  return [...imports].flatMap(([, name]) =>
    name!.startsWith('.') ? packagesOf(new URL(name!, module), seen) : [name!],
  )
}

test('a cold start loads neither the tokenizer’s tables nor the openai package', () => {
  const packages = packagesOf(new URL('./index.ts', import.meta.url))
  expect(packages).toContain('undici')
  expect(packages.filter(name => /^(gpt-tokenizer|openai)/.test(name))).toEqual([])
})
