import { LunaError, memory, messageText, personality, text } from '@luna/contracts'
import { person } from '@luna/service'
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { Principal } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { askCompanion } from './ask-companion.ts'

/** What an MCP tool answers: text for models, the same facts as structure. */
const said = (value: Record<string, unknown>, words?: string) => ({
  content: [{ type: 'text' as const, text: words ?? JSON.stringify(value) }],
  structuredContent: value,
})

/** recall, remember, characters, send: what other agents may do in the name of a person. */
export function addTools(server: McpServer, ctx: GatewayContext, principal: Principal): void {
  const scope = person(principal.personId)
  const answering = async (work: () => Promise<ReturnType<typeof said>>) => {
    try {
      return await work()
    } catch (error) {
      return { content: [{ type: 'text' as const, text: LunaError.from(error).message }], isError: true }
    }
  }

  server.registerTool(
    'recall',
    {
      title: 'Recall',
      description: 'What is remembered of the person about a subject, best first.',
      inputSchema: { query: text(2_000, 1), limit: z.number().int().min(1).max(50).optional() },
      annotations: { readOnlyHint: true },
    },
    ({ query, limit = 10 }) =>
      answering(async () => {
        const { items } = await ctx.call(memory.calls.recall, { query, limit }, { scope })
        return said({ items }, items.map(item => `- ${item.text}`).join('\n') || 'Nothing is remembered about this.')
      }),
  )

  server.registerTool(
    'remember',
    {
      title: 'Remember',
      description: 'Writes down a fact about the person for later conversations.',
      inputSchema: { text: text(4_000, 1) },
      annotations: { readOnlyHint: false, destructiveHint: false },
    },
    ({ text: fact }) =>
      answering(async () => {
        const { id } = await ctx.call(memory.calls.addMemory, { id: ctx.random.id(), text: fact }, { scope })
        return said({ id }, 'Remembered.')
      }),
  )

  server.registerTool(
    'characters',
    {
      title: 'Characters',
      description: 'The companions that can be talked to.',
      inputSchema: {},
      annotations: { readOnlyHint: true },
    },
    () =>
      answering(async () => {
        const { items } = await ctx.call(personality.calls.listCharacters, { limit: 100 }, { scope })
        const characters = items.map(({ id, slug, name, description }) => ({ id, slug, name, description }))
        return said({ characters })
      }),
  )

  server.registerTool(
    'send',
    {
      title: 'Send',
      description: 'Says something to a companion and waits for the answer. Without a conversation a new one begins.',
      inputSchema: {
        text: messageText,
        conversationId: z.uuid().optional(),
        character: z.string().max(200).optional().describe('slug of the companion, for a new conversation'),
      },
      annotations: { readOnlyHint: false, destructiveHint: false },
    },
    input =>
      answering(async () => {
        const answer = await askCompanion(ctx, principal, input)
        return said({ ...answer }, answer.text)
      }),
  )
}
