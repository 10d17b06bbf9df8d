import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect, test } from 'vitest'
import { useLuna } from '../kit/luna.ts'
import { signUp } from '../kit/people.ts'

describe('Luna as an MCP server, for an unchanged client', () => {
  const system = useLuna({ topology: 'embedded' })

  async function connect(key: string): Promise<Client> {
    const client = new Client({ name: 'tests', version: '1' })
    const requestInit = { headers: { authorization: `Bearer ${key}` } }
    await client.connect(new StreamableHTTPClientTransport(new URL(`${system.luna.url}/mcp`), { requestInit }) as never)
    return client
  }
  const textOf = (result: unknown): string =>
    (result as { content: { text: string }[] }).content.map(({ text }) => text).join('\n')

  test('recall, remember, characters and send, behind an API key', async () => {
    const ada = await signUp(system.luna.url)
    const { secret, id } = await ada.client.keys.create('agent')
    const client = await connect(secret)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name).toSorted()).toEqual(['characters', 'recall', 'remember', 'send'])
    expect(textOf(await client.callTool({ name: 'characters', arguments: {} }))).toContain('slug')
    expect(
      textOf(await client.callTool({ name: 'remember', arguments: { text: 'The cat of the person is called Miso.' } })),
    ).toBe('Remembered.')
    expect(
      textOf(await client.callTool({ name: 'recall', arguments: { query: 'What is the cat called?' } })),
    ).toContain('Miso')
    system.model.always({ text: 'The tide is coming in.' })
    const said = await client.callTool({ name: 'send', arguments: { text: 'How is the sea?' } })
    expect(textOf(said)).toBe('The tide is coming in.')
    const { conversationId } = said.structuredContent as { conversationId: string }
    const { items } = await ada.client.conversations.messages(conversationId)
    expect(items.map(({ text }) => text)).toEqual(['How is the sea?', 'The tide is coming in.'])
    const wrong = await client.callTool({ name: 'send', arguments: { text: 'x', character: 'nobody-at-all' } })
    expect(wrong.isError).toBe(true)
    await client.close()
    await ada.client.keys.remove(id)
    await expect(connect(secret)).rejects.toThrow(/401|unauthorized|API key/i)
    await expect(connect('luna_wrong')).rejects.toThrow(/401|API key|token/i)
  })
})
