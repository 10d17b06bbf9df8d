import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Link, openLink, through } from '../kit/slow-link.ts'
import { faultTimeoutMs, none } from './scale.ts'
import type { FaultTools } from './tools.ts'

/** Ways between people and the gateways that are slow, or lost without a word. */
export function testLinks({ system, load, inTheMiddle }: Pick<FaultTools, 'system' | 'load' | 'inTheMiddle'>): void {
  describe('links', () => {
    const links: Link[] = []
    beforeAll(async () => {
      for (const url of system.luna.urls)
        links.push(await openLink({ host: '127.0.0.1', port: Number(new URL(url).port) }))
    })
    afterAll(async () => {
      await Promise.all(links.map(link => link.close()))
    })
    const distant = () => {
      const urls = system.luna.urls.map((url, index) => through(url, links[index] ?? { port: 0 }))
      return { ...system.luna, url: urls[0] ?? '', urls }
    }

    test(
      'that hold each piece back for 500 ms',
      async () => {
        for (const link of links) link.delayMs = 500
        const figures = await load(async () => undefined, { timings: { resendMs: 10_000 } }, distant())
        for (const link of links) link.delayMs = 0
        expect(figures).toEqual(none)
      },
      faultTimeoutMs,
    )

    test(
      'that are lost without a word are found, and what was missed is resumed',
      async () => {
        let stranded = 0
        const trouble = async (progress: Parameters<typeof inTheMiddle>[0]) => {
          await inTheMiddle(progress, 0.3)
          await waitFor(() => (stranded = links.reduce((sum, link) => sum + link.strand(), 0)) > 0)
        }
        const timings = { pingMs: 1_000, pongMs: 1_000 }
        expect(await load(trouble, { timings }, distant())).toEqual(none)
        expect(stranded).toBeGreaterThan(0)
      },
      faultTimeoutMs,
    )
  })
}
