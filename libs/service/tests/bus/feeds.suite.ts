import { waitFor } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { type Adapter, names, opener } from './harness.ts'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index))

export const feedsSuite = (adapter: Adapter) =>
  describe('feeds', () => {
    const open = opener(adapter)

    test('frames arrive in order, and none after subscribe has resolved is missed', async () => {
      const { live, topology } = names()
      const bus = await open(topology)
      for (let round = 0; round < 20; round += 1) {
        const frames: string[] = []
        const address = { name: live, key: `k${round}` }
        const subscription = await bus.subscribe(address, data => void frames.push(data))
        for (const frame of range(0, 50)) bus.emit(address, frame)
        await waitFor(() => frames.length === 50)
        expect(frames).toEqual(range(0, 50))
        await subscription.stop()
      }
    })

    test('a watcher sees its key alone, one of * all keys; after stop nothing', async () => {
      const { live, topology } = names()
      const bus = await open(topology)
      const one: string[] = []
      const all: string[] = []
      const stopped = await bus.subscribe({ name: live, key: 'a' }, (data, key) => void one.push(`${key}:${data}`))
      await bus.subscribe({ name: live, key: '*' }, (data, key) => void all.push(`${key}:${data}`))
      bus.emit({ name: live, key: 'a' }, '1')
      bus.emit({ name: live, key: 'b' }, '2')
      await waitFor(() => all.length === 2)
      await stopped.stop()
      bus.emit({ name: live, key: 'a' }, '3')
      await waitFor(() => all.length === 3)
      expect(all).toEqual(['a:1', 'b:2', 'a:3'])
      expect(one).toEqual(['a:1'])
    })

    test('a watcher that throws does not keep frames from the others', async () => {
      const { live, topology } = names()
      const bus = await open(topology)
      const address = { name: live, key: 'a' }
      const frames: string[] = []
      await bus.subscribe(address, () => {
        throw new Error('mine alone')
      })
      await bus.subscribe(address, data => void frames.push(data))
      bus.emit(address, '1')
      bus.emit(address, '2')
      await waitFor(() => frames.length === 2)
      expect(frames).toEqual(['1', '2'])
    })

    test('replay gives the kept frames of an address, oldest first; trim drops them', async () => {
      const { replayed, live, topology } = names()
      const bus = await open(topology)
      const address = { name: replayed, key: 'a' }
      expect(await bus.replay(address)).toEqual([])
      for (const frame of range(0, 20_000)) bus.emit(address, frame)
      bus.emit({ name: replayed, key: 'b' }, 'other')
      expect(await bus.replay(address)).toEqual(range(0, 20_000))
      await bus.trim(address)
      expect(await bus.replay(address)).toEqual([])
      expect(await bus.replay({ name: replayed, key: 'b' })).toEqual(['other'])
      bus.emit(address, 'new')
      expect(await bus.replay(address)).toEqual(['new'])
      bus.emit({ name: live, key: 'a' }, 'not kept')
      expect(await bus.replay({ name: live, key: 'a' })).toEqual([])
    })

    test('subscribed first, then replayed: joined by number there is no gap, however many frames fly', async () => {
      const { replayed, topology } = names()
      const bus = await open(topology)
      for (let round = 0; round < 10; round += 1) {
        const address = { name: replayed, key: `k${round}` }
        let next = 0
        const sender = { stopped: false }
        const sending = (async () => {
          while (!sender.stopped) {
            for (let burst = 0; burst < 20; burst += 1) bus.emit(address, String(next++))
            await new Promise(resolve => setImmediate(resolve))
          }
        })()
        await waitFor(() => next > 100)
        const seen: number[] = []
        const subscription = await bus.subscribe(address, data => void seen.push(Number(data)))
        const replayedFrames = (await bus.replay(address)).map(Number)
        sender.stopped = true
        await sending
        await waitFor(() => seen.at(-1) === next - 1 || replayedFrames.at(-1) === next - 1)
        const last = replayedFrames.at(-1) ?? -1
        const joined = [...replayedFrames, ...seen.filter(n => n > last)]
        expect(joined).toEqual(Array.from({ length: next }, (_, n) => n))
        await subscription.stop()
      }
    })

    test('over the limit: too-large; a key that is no token: invalid', async () => {
      const { live, topology } = names()
      const bus = await open(topology)
      const failure = (key: string, data: string): unknown => {
        try {
          bus.emit({ name: live, key }, data)
          return null
        } catch (error) {
          return error
        }
      }
      expect(failure('a', 'x'.repeat(1024 * 1024))).toMatchObject({ code: 'too-large' })
      expect(failure('a.b', '')).toMatchObject({ code: 'invalid' })
      expect(failure('*', '')).toMatchObject({ code: 'invalid' })
    })
  })
