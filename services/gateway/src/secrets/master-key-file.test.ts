import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { scratchDir } from '@luna/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadMasterKeys, masterKeyFile } from './master-key-file.ts'

let dir: Awaited<ReturnType<typeof scratchDir>>
beforeEach(async () => {
  dir = await scratchDir('master-key')
})
afterEach(() => dir.remove())

const load = (suffix = 'a', mayMake = true) =>
  loadMasterKeys({
    masterKey: undefined,
    previousMasterKey: undefined,
    dataDir: join(dir.path, 'data'),
    mayMake,
    suffix,
  })

test('is made once, for this user’s eyes only, also by several starts at once', async () => {
  const rings = await Promise.all(['a', 'b', 'c'].map(suffix => load(suffix)))
  expect(new Set(rings.map(ring => ring.current.id)).size).toBe(1)
  const path = masterKeyFile(join(dir.path, 'data'))
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await load()).current.id).toBe(rings[0]?.current.id)
})

test('is not made where several processes must share it', async () => {
  await expect(load('a', false)).rejects.toThrow(/LUNA_MASTER_KEY is not set/)
})

test('an emptied file is no reason to make another key: nothing could be read any more', async () => {
  await load()
  const path = masterKeyFile(join(dir.path, 'data'))
  await writeFile(path, '\n')
  await expect(load()).rejects.toThrow(/is empty/)
  expect(await readFile(path, 'utf8')).toBe('\n')
})
