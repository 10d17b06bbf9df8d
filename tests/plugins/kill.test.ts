import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeDistributed } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'

/** An endpoint with an effect, which answers late: plugins die in between. */
let effects: string[] = []
let release: (() => void) | null = null
const site = createServer((request, response) => {
  effects.push(`${request.method} ${request.url}`)
  release = () => response.end('{"ok":true}')
})
let port = 0
beforeAll(async () => {
  await new Promise<void>(resolve => site.listen(47_913, '127.0.0.1', resolve))
  port = (site.address() as AddressInfo).port
})
afterAll(() => {
  site.closeAllConnections()
  site.close()
})

await describeDistributed(
  'an effect, when plugins are killed in mid-run',
  { env: { LUNA_PLUGIN_HOSTS: '127.0.0.1:47913', LUNA_PLUGIN_LEASE_MS: '1000' } },
  system => {
    test('happens once: the turn hears that the outcome is unknown, and ends', async () => {
      effects = []
      const { client, id } = await signUp(system.luna.url)
      await client.plugins.add({
        manifest: 1,
        id: 'pay',
        name: 'Pay',
        version: '1.0.0',
        author: 'tests',
        description: 'Acts.',
        capabilities: { hosts: [`127.0.0.1:${port}`] },
        actions: [
          {
            name: 'once',
            description: 'Acts once.',
            effect: 'act',
            run: { type: 'http', method: 'POST', url: `http://127.0.0.1:${port}/effect` },
          },
        ],
      })
      await client.plugins.install('pay')
      await client.plugins.consent('pay', 'once', 'always')
      system.model.script(({ body }) => {
        if (!body.stream) return undefined
        const result = body.messages?.find(({ role }) => role === 'tool')
        return result
          ? { text: `heard: ${String(result.content)}` }
          : { toolCalls: [{ id: 'a', name: 'pay__once', arguments: {} }] }
      })
      const conversation = await client.conversations.create({})
      const sent = await client.conversations.submit(conversation.id, { text: 'Pay, please' })
      await waitFor(() => effects.length === 1)
      const plugins = system.luna.process('plugins')
      await plugins.kill()
      release?.()
      await plugins.restart()
      const ended = async () => (await client.turns.get(sent.turnId)).state === 'completed'
      await waitFor(ended, { timeoutMs: 40_000 })
      const { items } = await client.conversations.messages(conversation.id)
      expect(items.at(-1)?.text).toContain('unknown')
      expect(effects).toEqual(['POST /effect'])
      const runs = await client.plugins.runs()
      expect(runs.items.map(({ status }) => status)).toEqual(['unknown'])
      expect(id).toBeTruthy()
    })
  },
)
