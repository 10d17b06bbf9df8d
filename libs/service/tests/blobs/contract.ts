import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Blobs, withPrefix } from '../../src/blobs/index.ts'

const type = 'application/octet-stream'
const mebibyte = 1024 * 1024
/** An adapter may pass the sender's error on or wrap it. */
const brokenOff = /the sender is gone|blob store/
const limit = 24 * mebibyte

async function* chunks(...parts: Uint8Array[]) {
  yield* parts
}

async function keysOf(blobs: Blobs, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of blobs.list(prefix)) keys.push(key)
  return keys.toSorted()
}

async function* broken() {
  yield Buffer.alloc(9 * mebibyte)
  throw new Error('the sender is gone')
}

/** What every adapter of the port promises. @param open an empty store with a limit of 24 MiB. */
export function blobsContract(open: (maxBytes: number) => Promise<{ blobs: Blobs; close(): Promise<void> }>): void {
  let blobs: Blobs
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ blobs, close } = await open(limit))
  })
  afterAll(() => close?.())

  const read = async (key: string) => {
    const found = await blobs.get(key)
    return found && buffer(found.body)
  }

  it('gives back what was put, bytes or stream, with type and size', async () => {
    const bytes = randomBytes(70_000)
    await expect(blobs.put('round/a.png', bytes, { type: 'image/png' })).resolves.toEqual({
      key: 'round/a.png',
      bytes: 70_000,
      type: 'image/png',
    })
    await blobs.put('round/b', chunks(bytes.subarray(0, 10), bytes.subarray(10)), { type })
    expect(await read('round/a.png')).toEqual(bytes)
    expect(await read('round/b')).toEqual(bytes)
    expect(await blobs.head('round/a.png')).toEqual({ key: 'round/a.png', bytes: 70_000, type: 'image/png' })
  })

  it('keeps an empty blob', async () => {
    await blobs.put('empty', new Uint8Array(), { type })
    expect(await read('empty')).toEqual(Buffer.alloc(0))
    expect(await blobs.head('empty')).toMatchObject({ bytes: 0 })
  })

  it('keeps one of many parts, byte for byte', async () => {
    const parts = Array.from({ length: 19 }, () => randomBytes(mebibyte + 1))
    await blobs.put('large', chunks(...parts), { type })
    expect(Buffer.compare((await read('large')) ?? Buffer.alloc(0), Buffer.concat(parts))).toBe(0)
  })

  it('replaces, type included', async () => {
    await blobs.put('again', Buffer.from('one'), { type })
    await blobs.put('again', Buffer.from('three'), { type: 'text/plain' })
    expect((await read('again'))?.toString()).toBe('three')
    expect(await blobs.head('again')).toMatchObject({ bytes: 5, type: 'text/plain' })
  })

  it('says null for what is not there', async () => {
    expect(await blobs.get('nowhere')).toBeNull()
    expect(await blobs.head('nowhere/at/all')).toBeNull()
    expect(await blobs.delete('nowhere')).toBe(false)
    expect(await blobs.deletePrefix('nowhere/')).toBe(0)
  })

  it('deletes one, and nothing beside it', async () => {
    for (const key of ['pair/a', 'pair/a/b']) await blobs.put(key, Buffer.from(key), { type })
    expect(await blobs.delete('pair/a')).toBe(true)
    expect(await blobs.get('pair/a')).toBeNull()
    expect((await read('pair/a/b'))?.toString()).toBe('pair/a/b')
  })

  it('lists by prefix, and ends a prefix at its slash', async () => {
    for (const key of ['list/1/b', 'list/1/a', 'list/10/a', 'list/1', 'list/1-x', 'list/1/a/c'])
      await blobs.put(key, Buffer.from('x'), { type })
    expect(await keysOf(blobs, 'list/1/')).toEqual(['list/1/a', 'list/1/a/c', 'list/1/b'])
    expect(await keysOf(blobs, 'list/')).toEqual([
      'list/1',
      'list/1-x',
      'list/1/a',
      'list/1/a/c',
      'list/1/b',
      'list/10/a',
    ])
    expect(await blobs.deletePrefix('list/1/')).toBe(3)
    expect(await keysOf(blobs, 'list/')).toEqual(['list/1', 'list/1-x', 'list/10/a'])
  })

  it('stores nothing of a body that is too large or breaks off', async () => {
    await blobs.put('kept', Buffer.from('kept'), { type })
    await expect(blobs.put('kept', Buffer.alloc(11), { type, maxBytes: 10 })).rejects.toMatchObject({
      code: 'too-large',
      details: { limit: 10 },
    })
    const big = Array.from({ length: 25 }, () => Buffer.alloc(mebibyte, 1))
    await expect(blobs.put('kept', chunks(...big), { type, maxBytes: 1e12 })).rejects.toMatchObject({
      code: 'too-large',
    })
    await expect(blobs.put('kept', broken(), { type })).rejects.toThrow(brokenOff)
    await expect(blobs.put('never', broken(), { type })).rejects.toThrow(brokenOff)
    expect((await read('kept'))?.toString()).toBe('kept')
    expect(await blobs.head('never')).toBeNull()
  })

  it('refuses keys that walk, and to delete everything', async () => {
    for (const key of ['../x', 'a/../../x', '/x', 'X', '']) {
      await expect(blobs.put(key, Buffer.from('x'), { type })).rejects.toMatchObject({ code: 'invalid' })
      await expect(blobs.get(key)).rejects.toMatchObject({ code: 'invalid' })
      await expect(blobs.delete(key)).rejects.toMatchObject({ code: 'invalid' })
    }
    await expect(blobs.deletePrefix('')).rejects.toMatchObject({ code: 'invalid' })
    await expect(blobs.deletePrefix('lis')).rejects.toMatchObject({ code: 'invalid' })
  })

  it('takes many at once under one key and keeps one of them whole', async () => {
    const bodies = Array.from({ length: 8 }, (_, index) => Buffer.alloc(200_000, index))
    await Promise.all(bodies.map(body => blobs.put('race/x', body, { type })))
    const found = await read('race/x')
    expect(bodies.some(body => found?.equals(body))).toBe(true)
  })

  it('survives puts and deletes side by side in one folder', async () => {
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const key = `busy/deep/${index % 4}`
        if (index % 2) await blobs.put(key, Buffer.from('x'), { type })
        else await blobs.delete(key)
      }),
    )
    for (const index of [1, 3]) expect((await read(`busy/deep/${index}`))?.toString()).toBe('x')
  })

  it('gives each service its own part', async () => {
    const [chat, memory] = [withPrefix(blobs, 'chat'), withPrefix(blobs, 'memory')]
    await expect(chat.put('p/1', Buffer.from('chat'), { type })).resolves.toMatchObject({ key: 'p/1' })
    await memory.put('p/1', Buffer.from('memory'), { type })
    expect(await keysOf(chat, '')).toEqual(['p/1'])
    expect(await keysOf(blobs, 'chat/')).toEqual(['chat/p/1'])
    expect(await chat.deletePrefix('p/')).toBe(1)
    expect(await chat.head('p/1')).toBeNull()
    expect(await memory.head('p/1')).toMatchObject({ key: 'p/1', bytes: 6 })
    await expect(chat.get('../memory/p/1')).rejects.toMatchObject({ code: 'invalid' })
    await expect(chat.deletePrefix('')).rejects.toMatchObject({ code: 'invalid' })
  })
}
