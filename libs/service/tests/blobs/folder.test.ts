import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { folderBlobs } from '../../src/blobs/index.ts'
import { blobsContract } from './contract.ts'

const folder = () => mkdtemp(join(tmpdir(), 'luna-blobs-'))

describe('blobs in a folder', () => {
  blobsContract(async maxBytes => {
    const root = await folder()
    return { blobs: await folderBlobs(root, { maxBytes }), close: () => rm(root, { recursive: true }) }
  })
})

describe('the folder itself', () => {
  let root: string
  beforeEach(async () => {
    root = await folder()
  })
  afterEach(() => rm(root, { recursive: true }))

  it('is readable by its owner only and leaves nothing behind', async () => {
    const blobs = await folderBlobs(root)
    await blobs.put('a/b/c', Buffer.from('x'), { type: 'text/plain' })
    expect((await stat(join(root, 'a/b/c~blob'))).mode & 0o077).toBe(0)
    await expect(blobs.put('a/b/d', Buffer.from('xx'), { type: 'text/plain', maxBytes: 1 })).rejects.toThrow(/larger/)
    expect(await readdir(join(root, '~tmp'))).toEqual([])
    await blobs.delete('a/b/c')
    expect(await readdir(root)).toEqual(['~tmp'])
  })

  it('removes what a crash left, once it is a day old', async () => {
    await mkdir(join(root, '~tmp'))
    for (const name of ['old', 'new']) await writeFile(join(root, '~tmp', name), 'half')
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600
    await utimes(join(root, '~tmp', 'old'), twoDaysAgo, twoDaysAgo)
    await folderBlobs(root)
    expect(await readdir(join(root, '~tmp'))).toEqual(['new'])
  })

  it('says so when a file was not written by it', async () => {
    const blobs = await folderBlobs(root)
    await writeFile(join(root, 'x~blob'), 'something else')
    await expect(blobs.get('x')).rejects.toThrow(/no blob head/)
  })
})
