import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isBundleCurrent } from '../apps/luna/bin/entry.js'

let folder = ''
const isCurrent = () => isBundleCurrent(pathToFileURL(`${folder}/`))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'luna-bundle-'))
  const input = join(folder, 'input.js')
  writeFileSync(input, 'export {}')
  const { size, mtimeMs } = statSync(input)
  writeFileSync(join(folder, 'inputs.json'), JSON.stringify([['./input.js', size, mtimeMs]]))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a bundle is taken while every file that it was made of is as it was', () => expect(isCurrent()).toBe(true))

test.each([
  ['was compiled again', () => utimesSync(join(folder, 'input.js'), new Date(), new Date(2_000_000_000_000))],
  ['has another size', () => writeFileSync(join(folder, 'input.js'), 'export default 1')],
  ['is gone', () => rmSync(join(folder, 'input.js'))],
])('it is passed over when one of them %s', (_what, change) => {
  change()
  expect(isCurrent()).toBe(false)
})

test('it is passed over when it was never finished', () => {
  rmSync(join(folder, 'inputs.json'))
  expect(isCurrent()).toBe(false)
})
